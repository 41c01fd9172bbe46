package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.decision.Outcome;
import io.hangupby.servlet.CallCentres.Coverage;
import io.hangupby.servlet.CallCentres.Events;
import io.hangupby.simulator.CallOptions;
import io.hangupby.simulator.PluginMarker;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.simulator.rest.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls with one agent from their first event to the moment when Flex Insights reads the task, over real HTTP, however their
 * events are delivered. What is right is what the parties did, as the simulator knows it.
 */
class WholeCallTest {
    private static final CallOptions NO_FLAGS =
            CallOptions.builder().noEndOnExit().build();

    /** The conference is read once more for each time that a callback is waited for after it is over. */
    static final int LOOKS_FOR_CALLBACKS = 3;

    @RegisterExtension
    static final CallCentres CENTRES = new CallCentres();

    @ParameterizedTest(name = "{0}, {1}, events {2}")
    @MethodSource("callsInEveryDelivery")
    void every_shared_segment_has_its_value_when_flex_insights_reads(Story story, Coverage told, Events events) {
        CallCentre centre = CENTRES.where(told, events);
        Agent agent = story.deskPhone
                ? centre.twilio().deskPhoneAgent("Dora", "+15550100077")
                : centre.twilio().browserAgent("Alice");

        SimulatedCall call = story.play.apply(new Stage(centre.twilio(), agent));
        List<Outcome> outcomes = centre.awaitOutcomes(call, 1);
        int apiCalls = centre.apiCalls(call);
        call.completes(agent);

        String reservation = call.reservationSid(agent);
        assertThat(call.hangUpByAtCompletion(reservation)).isEqualTo(story.expected);
        assertThat(call.expectedOutcomes().get(reservation))
                .isNotNull()
                .satisfies(truth -> assertThat(truth.hangUpBy()).isEqualTo(story.expected));
        assertThat(outcomes).hasSize(1);
        if (told == Coverage.REST_ONLY) {
            assertThat(outcomes.get(0).verdict().rule()).isEqualTo(story.rule);
            assertThat(apiCalls).isEqualTo(story.apiCalls);
        } else {
            assertThat(apiCalls).isLessThanOrEqualTo(story.apiCalls + LOOKS_FOR_CALLBACKS);
        }
    }

    @Test
    void a_status_callback_of_the_hang_up_saves_a_request_for_the_customers_call() {
        CallCentre centre = CENTRES.where(Coverage.WITH_STATUS_CALLBACKS, Events.AS_THEY_HAPPEN);
        Agent agent = centre.twilio().browserAgent("Alice");

        SimulatedCall call = new Stage(centre.twilio(), agent).talk().customerHangsUp();
        centre.awaitOutcomes(call, 1);

        assertThat(centre.twilio().counters().ofTask(call.taskSid(), ApiOperation.CALL))
                .isZero();
    }

    static Stream<Arguments> callsInEveryDelivery() {
        return Arrays.stream(Story.values())
                .flatMap(story -> Arrays.stream(Coverage.values())
                        // The callbacks have what the resource lacks.
                        .filter(told -> story != Story.EVIDENCE_IS_SILENT || told == Coverage.REST_ONLY)
                        .flatMap(told ->
                                Arrays.stream(Events.values()).map(events -> Arguments.of(story, told, events))));
    }

    /** Each call: the acts, the expected value, its rule, and the cost in API calls. */
    enum Story {
        CUSTOMER_HANGS_UP("customer", "customer-left", 4, stage -> stage.talk().customerHangsUp()),
        CUSTOMER_LOSES_SIGNAL(
                "customer", "customer-left", 4, stage -> stage.talk().customerLosesSignal()),
        HOLD_THEN_CUSTOMER(
                "customer", "customer-left", 4, stage -> stage.talk().hold().customerHangsUp()),
        CONNECTION_COMES_BACK(
                "customer",
                "customer-left",
                4,
                stage -> stage.talk().agentConnectionBlips(stage.agent()).customerHangsUp()),
        CUSTOMER_FIRST_WITHOUT_FLAGS(
                "customer",
                "customer-left-first",
                4,
                stage -> stage.talk(NO_FLAGS).customerHangsUp().agentClicksHangUp(stage.agent(), PluginMarker.NONE)),
        AGENT_HANGS_UP("agent", "agent-left", 2, stage -> stage.talk().agentClicksHangUp(stage.agent())),
        AGENT_HANGS_UP_BARE_MARKER(
                "agent", "agent-left", 2, stage -> stage.talk().agentClicksHangUp(stage.agent(), PluginMarker.BARE)),
        AGENT_FIRST_CUSTOMER_STAYS(
                "agent", "agent-left", 3, stage -> stage.talk(NO_FLAGS).agentClicksHangUp(stage.agent())),
        AGENT_REFRESHES("disconnect", "agent-left", 3, stage -> stage.talk().agentRefreshes(stage.agent())),
        AGENT_CRASHES_AND_API_LAGS(
                "disconnect",
                "agent-left",
                6,
                stage ->
                        stage.talk(CallOptions.builder().apiLagReads(1).build()).agentCrashes(stage.agent())),
        DESK_PHONE_HANDSET("agent", "agent-left", 3, true, stage -> stage.talk().agentPutsDownHandset(stage.agent())),
        AGENT_REMOVES_CUSTOMER(
                "agent", "customer-removed", 3, stage -> stage.talk().agentRemovesCustomer(stage.agent())),
        ENDED_BY_PROGRAM("system", "ended-by-api", 3, stage -> stage.talk().programEndsConference()),
        ENDED_FOR_ALL_BY_AGENT("agent", "ended-by-api", 2, stage -> stage.talk().agentEndsForAll(stage.agent())),
        SURVEY_AFTER_CLICK(
                "agent",
                "customer-moved-on",
                5,
                stage -> stage.talk().customerMovedOn(stage.agent(), PluginMarker.NAMED)),
        MOVED_TO_A_FLOW("system", "customer-moved-on", 6, stage -> stage.talk().customerMovedOn()),
        EVIDENCE_IS_SILENT(
                "",
                "undecided",
                2,
                stage -> stage.talk(CallOptions.builder().evidenceHidden().build())
                        .customerHangsUp()),
        OUTBOUND_CUSTOMER(
                "customer",
                "customer-left",
                4,
                stage -> stage.dial().customerPicksUp().customerHangsUp()),
        OUTBOUND_AGENT(
                "agent",
                "agent-left",
                3,
                stage -> stage.dial().customerPicksUp().agentClicksHangUp(stage.agent())),
        OUTBOUND_BUSY("", "never-connected", 3, stage -> stage.dial(NO_FLAGS).customerBusy()),
        OUTBOUND_NO_ANSWER("", "never-connected", 3, stage -> stage.dial().customerDoesNotPickUp()),
        OUTBOUND_GIVEN_UP("agent", "never-connected", 3, stage -> stage.dial().agentCancelsDial(stage.agent())),
        INTERNAL_CALL(
                "",
                "not-a-customer-call",
                2,
                stage -> stage.internal().agentClicksHangUp(stage.agent(), PluginMarker.NONE)),
        VOICEMAIL("", "not-a-customer-call", 1, stage -> stage.voicemail().agentFinishesTask(stage.agent())),
        REPEATED_AND_LATE(
                "customer",
                "customer-left",
                4,
                stage -> stage.talk()
                        .customerHangsUp()
                        .repeats("task.wrapup")
                        .repeats("reservation.wrapup")
                        .repeats("task.created")),
        OTHER_WRITER("customer", "customer-left", 8, stage -> {
            SimulatedCall call = stage.talk();
            call.task().editAfterReads(2, "\"somebody else's\"", "crm");
            return call.customerHangsUp();
        }),
        API_FAULTS("disconnect", "agent-left", 7, stage -> {
            SimulatedCall call = stage.talk();
            stage.fault(call, ApiOperation.CONFERENCE, Fault.unavailable());
            stage.fault(call, ApiOperation.TASK_READ, Fault.tooManyRequests(Duration.ofSeconds(1)));
            stage.fault(call, ApiOperation.TASK_WRITE, Fault.reset());
            return call.agentCrashes(stage.agent());
        }),
        WRITE_APPLIED_BUT_NOT_ANSWERED("disconnect", "agent-left", 4, stage -> {
            SimulatedCall call = stage.talk();
            stage.fault(call, ApiOperation.TASK_WRITE, Fault.appliedThenReset());
            return call.agentCrashes(stage.agent());
        }),
        API_FAULTS_ON_WRITE("customer", "customer-left", 7, stage -> {
            SimulatedCall call = stage.talk();
            stage.fault(
                    call, ApiOperation.TASK_WRITE, Fault.tooManyRequests(Duration.ofSeconds(1)), Fault.serverError());
            return call.customerHangsUp();
        }),
        FORGED_EVENT("customer", "customer-left", 4, stage -> {
            SimulatedCall call = stage.talk();
            assertThat(call.forges("reservation.wrapup", stage.agent())).isEqualTo(403);
            return call.customerHangsUp();
        }),
        CONVERSATIONS_NULL(
                "customer",
                "customer-left",
                4,
                stage -> stage.talk(CallOptions.builder().conversations("null").build())
                        .customerHangsUp()),
        CONVERSATIONS_A_TEXT(
                "",
                "customer-left",
                3,
                stage -> stage.talk(CallOptions.builder()
                                .conversations("\"a text\"")
                                .build())
                        .customerHangsUp());

        final Optional<String> expected;
        private final String rule;
        final int apiCalls;
        final boolean deskPhone;
        final Function<Stage, SimulatedCall> play;

        Story(String expected, String rule, int apiCalls, Function<Stage, SimulatedCall> play) {
            this(expected, rule, apiCalls, false, play);
        }

        Story(String expected, String rule, int apiCalls, boolean deskPhone, Function<Stage, SimulatedCall> play) {
            this.expected = expected.isEmpty() ? Optional.empty() : Optional.of(expected);
            this.rule = rule;
            this.apiCalls = apiCalls;
            this.deskPhone = deskPhone;
            this.play = play;
        }
    }

    /** Begins calls. */
    record Stage(TwilioSimulator twilio, Agent agent) {
        SimulatedCall talk() {
            return talk(CallOptions.defaults());
        }

        SimulatedCall talk(CallOptions options) {
            return twilio.inboundCall(options).waitsInQueue().rings(agent).accepts(agent);
        }

        SimulatedCall dial() {
            return dial(CallOptions.defaults());
        }

        SimulatedCall dial(CallOptions options) {
            return twilio.outboundCall(agent, options);
        }

        SimulatedCall internal() {
            return twilio.internalCall(agent, twilio.browserAgent("Bob"));
        }

        SimulatedCall voicemail() {
            return twilio.voicemailTask().rings(agent).accepts(agent);
        }

        void fault(SimulatedCall call, ApiOperation kind, Fault... faults) {
            twilio.faults().nextOf(call.taskSid(), kind, faults);
        }
    }
}
