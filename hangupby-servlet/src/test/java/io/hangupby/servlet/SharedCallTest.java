package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.servlet.CallCentres.Coverage;
import io.hangupby.servlet.CallCentres.Events;
import io.hangupby.simulator.CallOptions;
import io.hangupby.simulator.ExpectedOutcome;
import io.hangupby.simulator.PluginMarker;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.InsightsSnapshot;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls that agents share with each other, with outside parties and with supervisors, from their first event to the last
 * moment when Flex Insights reads the task, over real HTTP, however their events are delivered. What is right is what the
 * parties did, as the simulator knows it.
 */
class SharedCallTest {
    private static final String NUMBER = "+15550100042";
    /** On average. */
    private static final int API_CALLS_PER_SEGMENT = 5;

    @RegisterExtension
    static final CallCentres CENTRES = new CallCentres();

    @ParameterizedTest(name = "{0}, {1}, events {2}")
    @MethodSource("callsInEveryDelivery")
    void every_segment_has_its_value_when_flex_insights_reads(Story story, Coverage told, Events events) {
        CallCentre centre = CENTRES.where(told, events);
        Play play = new Play(centre, story.options);

        story.acts.accept(play);

        assertThat(play.values()).isEqualTo(story.expected);
        assertThat(play.judged()).isEqualTo(play.right());
        assertThat(play.collisions()).isEqualTo(story == Story.OVERLAP_REVERSED ? 1 : 0);
        assertThat(play.apiCalls())
                .isLessThanOrEqualTo(
                        told == Coverage.REST_ONLY
                                ? story.apiCalls
                                : Math.max(story.apiCalls, API_CALLS_PER_SEGMENT * story.segments())
                                        + WholeCallTest.LOOKS_FOR_CALLBACKS * story.segments());
    }

    @Test
    void a_segment_costs_few_api_calls() {
        int segments = Arrays.stream(Story.values()).mapToInt(Story::segments).sum();
        int apiCalls =
                Arrays.stream(Story.values()).mapToInt(story -> story.apiCalls).sum();

        assertThat(apiCalls).isLessThanOrEqualTo(API_CALLS_PER_SEGMENT * segments);
    }

    static Stream<Arguments> callsInEveryDelivery() {
        return Arrays.stream(Story.values())
                .flatMap(story -> Arrays.stream(Coverage.values())
                        .filter(told -> told == Coverage.WITH_STATUS_CALLBACKS || !story.needsCallbacks)
                        .flatMap(told ->
                                Arrays.stream(Events.values()).map(events -> Arguments.of(story, told, events))));
    }

    /** Each call: the expected value for each agent, the maximum of API calls, and the acts. */
    enum Story {
        ABANDONED_IN_QUEUE("", 0, play -> {
            play.call.customerGivesUp();
            assertThat(play.call.queueSnapshot().flatMap(InsightsSnapshot::hangUpBy))
                    .isEmpty();
        }),
        ABANDONED_WHILE_RINGING("", 0, play -> {
            play.call.rings(play.ann).customerGivesUp();
            assertThat(play.call.queueSnapshot().flatMap(InsightsSnapshot::hangUpBy))
                    .isEmpty();
        }),
        AGENT_FIRST_CUSTOMER_LAST(
                "Ann: agent", 3, CallOptions.builder().noEndOnExit().build(), play -> {
                    play.talk();
                    play.ends(call -> call.agentClicksHangUp(play.ann));
                    play.call.customerHangsUp();
                    play.completes(play.ann);
                }),
        COLD_CUSTOMER("Ann: cold transfer, Bob: customer", 9, play -> {
            play.talk().startsColdTransfer(play.ann, play.bob);
            play.ends(call -> call.agentLeaves(play.ann));
            play.completes(play.ann);
            play.call.rings(play.bob).accepts(play.bob);
            play.ends(SimulatedCall::customerHangsUp);
            play.completes(play.bob);
        }),
        COLD_QUEUE_CUSTOMER("Ann: cold transfer, Bob: customer", 9, play -> {
            play.talk().startsColdTransferToQueue(play.ann);
            play.ends(call -> call.agentLeaves(play.ann));
            play.call.declines(play.dan).accepts(play.bob);
            play.completes(play.ann);
            play.ends(SimulatedCall::customerHangsUp);
            play.completes(play.bob);
        }),
        COLD_QUEUE_CUSTOMER_GIVES_UP("Ann: cold transfer", 5, play -> {
            play.talk().startsColdTransferToQueue(play.ann);
            play.ends(call -> call.agentLeaves(play.ann));
            play.completes(play.ann);
            play.call.customerGivesUp();
            assertThat(play.call.queueSnapshot().flatMap(InsightsSnapshot::hangUpBy))
                    .isEmpty();
        }),
        COLD_AGENT("Ann: cold transfer, Bob: agent", 8, play -> {
            play.handedOn();
            play.completes(play.ann);
            play.ends(call -> call.agentClicksHangUp(play.bob));
            play.completes(play.bob);
        }),
        COLD_DECLINED("Ann: customer", 4, play -> {
            play.talk()
                    .startsColdTransfer(play.ann, play.bob)
                    .declines(play.bob)
                    .unhold();
            play.ends(SimulatedCall::customerHangsUp);
            play.completes(play.ann);
        }),
        COLD_DECLINED_THEN_AGENT("Ann: agent", 2, play -> {
            play.talk()
                    .startsColdTransfer(play.ann, play.bob)
                    .declines(play.bob)
                    .unhold();
            play.ends(call -> call.agentClicksHangUp(play.ann));
            play.completes(play.ann);
        }),
        WARM_CUSTOMER("Ann: warm transfer, Bob: customer", 10, play -> {
            play.consulting().unhold();
            play.ends(call -> call.agentClicksHangUp(play.ann, PluginMarker.BARE));
            play.completes(play.ann);
            play.ends(SimulatedCall::customerHangsUp);
            play.completes(play.bob);
        }),
        WARM_AGENT("Ann: warm transfer, Bob: agent", 9, play -> {
            play.consulting().unhold();
            play.ends(call -> call.agentClicksHangUp(play.ann, PluginMarker.BARE));
            play.completes(play.ann);
            play.ends(call -> call.agentClicksHangUp(play.bob, PluginMarker.BARE));
            play.completes(play.bob);
        }),
        WARM_AGENT_OVERLAP("Ann: warm transfer, Bob: agent", 10, play -> {
            play.consulting().unhold();
            play.ends(call -> call.agentClicksHangUp(play.ann, PluginMarker.BARE));
            play.ends(call -> call.agentClicksHangUp(play.bob, PluginMarker.BARE));
            play.completes(play.ann);
            play.completes(play.bob);
        }),
        WARM_OPEN_UNTIL_LEFT(
                "Ann: warm transfer, Bob: customer",
                9,
                CallOptions.builder().transferOpenUntilLeft().workerReplaced().build(),
                play -> {
                    play.consulting();
                    play.ends(call -> call.agentClicksHangUp(play.ann));
                    play.call.unhold();
                    play.ends(SimulatedCall::customerHangsUp);
                    play.completes(play.ann);
                    play.completes(play.bob);
                }),
        WARM_THEN_WARM_ON("Ann: warm transfer, Bob: warm transfer, Dan: agent", 15, play -> {
            play.consulting().unhold();
            play.ends(call -> call.agentClicksHangUp(play.ann));
            play.completes(play.ann);
            play.call.startsWarmTransfer(play.bob, play.dan).accepts(play.dan).unhold();
            play.ends(call -> call.agentClicksHangUp(play.bob));
            play.completes(play.bob);
            play.ends(call -> call.agentPutsDownHandset(play.dan));
            play.completes(play.dan);
        }),
        CONSULT_AGENT("Ann: agent, Bob: consult", 9, play -> {
            play.consulting();
            play.ends(call -> call.agentClicksHangUp(play.bob));
            play.call.unhold();
            play.completes(play.bob);
            play.ends(call -> call.agentClicksHangUp(play.ann));
            play.completes(play.ann);
        }),
        CONSULT_CRASH(
                "Ann: disconnect, Bob: consult",
                10,
                CallOptions.builder().transferOpenUntilLeft().build(),
                play -> {
                    play.consulting();
                    play.ends(call -> call.agentClicksHangUp(play.bob, PluginMarker.BARE));
                    play.call.unhold();
                    play.completes(play.bob);
                    play.ends(call -> call.agentCrashes(play.ann));
                    play.completes(play.ann);
                }),
        CONSULT_ENDED_BY_THE_FIRST_AGENT(
                "Ann: customer, Bob: consult",
                10,
                CallOptions.builder().transferOpenUntilLeft().build(),
                play -> {
                    play.consulting();
                    play.ends(call -> call.cancelsTransfer(play.ann));
                    play.call.unhold();
                    play.completes(play.bob);
                    play.ends(SimulatedCall::customerHangsUp);
                    play.completes(play.ann);
                }),
        CUSTOMER_LEAVES_DURING_CONSULT("Ann: customer, Bob: customer", 10, play -> {
            play.consulting();
            play.ends(2, SimulatedCall::customerHangsUp);
            play.completes(play.ann);
            play.completes(play.bob);
        }),
        WARM_UNANSWERED_AGENT("Ann: agent", 2, play -> {
            play.talk()
                    .startsWarmTransfer(play.ann, play.bob)
                    .doesNotRespond(play.bob)
                    .unhold();
            play.ends(call -> call.agentClicksHangUp(play.ann));
            play.completes(play.ann);
        }),
        WARM_UNANSWERED_CUSTOMER("Ann: customer", 4, play -> {
            play.talk()
                    .startsWarmTransfer(play.ann, play.bob)
                    .doesNotRespond(play.bob)
                    .unhold();
            play.ends(SimulatedCall::customerHangsUp);
            play.completes(play.ann);
        }),
        OVERLAP_IN_ORDER("Ann: cold transfer, Bob: customer", 8, play -> {
            play.handedOn();
            play.ends(SimulatedCall::customerHangsUp);
            play.completes(play.ann);
            play.completes(play.bob);
        }),
        OVERLAP_REVERSED("Ann: cold transfer, Bob: cold transfer", 6, play -> {
            play.handedOn();
            play.ends(SimulatedCall::customerHangsUp);
            play.completesOutOfTurn(play.bob);
            play.completes(play.ann);
        }),
        EXTERNAL_WARM("Ann: external warm transfer to " + NUMBER, 5, play -> {
            play.withOutsider();
            play.ends(call -> call.agentClicksHangUp(play.ann));
            play.completes(play.ann);
        }),
        EXTERNAL_WARM_THEN_END("Ann: external warm transfer to " + NUMBER, 5, play -> {
            play.withOutsider();
            play.ends(call -> call.agentClicksHangUp(play.ann));
            play.completes(play.ann);
            play.call.customerHangsUp();
        }),
        EXTERNAL_NO_ANSWER("Ann: agent", 2, play -> {
            play.talk().dialsOut(play.ann, NUMBER).outsideRings().outsideDoesNotPickUp();
            play.ends(call -> call.agentClicksHangUp(play.ann));
            play.completes(play.ann);
        }),
        EXTERNAL_LEAVES_THEN_CUSTOMER("Ann: customer", 4, play -> {
            play.withOutsider().outsideHangsUp();
            play.ends(SimulatedCall::customerHangsUp);
            play.completes(play.ann);
        }),
        EXTERNAL_LEAVES_THEN_AGENT("Ann: agent", 2, play -> {
            play.withOutsider().outsideHangsUp();
            play.ends(call -> call.agentClicksHangUp(play.ann));
            play.completes(play.ann);
        }),
        EXTERNAL_ENDS(
                "Ann: external",
                4,
                CallOptions.builder().outsideEndsConference().build(),
                play -> {
                    play.withOutsider();
                    play.ends(SimulatedCall::outsideHangsUp);
                    play.completes(play.ann);
                }),
        HELD_CUSTOMER_LEAVES_THREE_WAY(
                "Ann: customer", 4, CallOptions.builder().openThreeWayTalk().build(), play -> {
                    play.talk().hold().dialsOut(play.ann, NUMBER).outsidePicksUp();
                    play.ends(SimulatedCall::customerHangsUp);
                    play.completes(play.ann);
                }),
        EXTERNAL_COLD("Ann: external cold transfer to " + NUMBER, 5, play -> {
            play.talk();
            play.ends(call -> call.sendsCustomerTo(play.ann, NUMBER));
            play.completes(play.ann);
        }),
        EXTERNAL_REMOVED("Ann: customer", 4, play -> {
            play.withOutsider().agentRemovesOutside(play.ann);
            play.ends(SimulatedCall::customerHangsUp);
            play.completes(play.ann);
        }),
        AGENT_CRASHES_WITH_OUTSIDER("Ann: disconnect", 5, play -> {
            play.withOutsider();
            play.ends(call -> call.agentCrashes(play.ann));
            play.completes(play.ann);
        }),
        CUSTOMER_LEAVES_THREE_WAY(
                "Ann: customer",
                5,
                true,
                CallOptions.builder().openThreeWayTalk().build(),
                play -> {
                    play.withOutsider().customerHangsUp();
                    play.ends(call -> call.agentClicksHangUp(play.ann));
                    play.completes(play.ann);
                }),
        TWO_CUSTOMERS(
                "Ann: customer",
                5,
                true,
                CallOptions.builder().openThreeWayTalk().build(),
                play -> {
                    play.talk()
                            .dialsSecondCustomer(play.ann, NUMBER)
                            .secondCustomerPicksUp()
                            .customerHangsUp();
                    play.ends(SimulatedCall::secondCustomerHangsUp);
                    play.completes(play.ann);
                }),
        SUPERVISOR_REMOVES_AGENT("Ann: supervisor", 5, true, CallOptions.defaults(), play -> {
            play.supervised();
            play.ends(call -> call.supervisorRemovesAgent(play.sue, play.ann));
            play.completes(play.ann);
        }),
        SUPERVISOR_LISTENS("Ann: customer", 4, play -> {
            play.talk().listensIn(play.sue);
            play.ends(SimulatedCall::customerHangsUp);
            play.completes(play.ann);
        }),
        SUPERVISOR_STOPS_LISTENING("Ann: agent", 2, play -> {
            play.talk().coaches(play.sue, play.ann).supervisorHangsUp();
            play.ends(call -> call.agentClicksHangUp(play.ann));
            play.completes(play.ann);
        }),
        SUPERVISOR_TAKES_OVER("Ann: agent", 4, play -> {
            play.supervised();
            play.ends(call -> call.agentClicksHangUp(play.ann));
            play.completes(play.ann);
            play.call.supervisorHangsUp();
        }),
        SUPERVISOR_ENDS("Ann: supervisor", 4, play -> {
            play.supervised();
            play.ends(SimulatedCall::supervisorHangsUp);
            play.completes(play.ann);
        });

        private final String expected;
        private final int apiCalls;
        /** Whether the value needs status callbacks. */
        private final boolean needsCallbacks;

        private final CallOptions options;
        private final Consumer<Play> acts;

        Story(String expected, int apiCalls, Consumer<Play> acts) {
            this(expected, apiCalls, CallOptions.defaults(), acts);
        }

        Story(String expected, int apiCalls, CallOptions options, Consumer<Play> acts) {
            this(expected, apiCalls, false, options, acts);
        }

        Story(String expected, int apiCalls, boolean needsCallbacks, CallOptions options, Consumer<Play> acts) {
            this.expected = expected;
            this.apiCalls = apiCalls;
            this.needsCallbacks = needsCallbacks;
            this.options = options;
            this.acts = acts;
        }

        int segments() {
            return expected.split(", ").length;
        }
    }

    /** One call and its parties: two agents in browsers, one on a desk phone, a supervisor. */
    private static final class Play {
        /** Agents leave time for after-call work. */
        private static final Duration AFTER_CALL_WORK = Duration.ofSeconds(3);

        private final CallCentre centre;
        private final Agent ann;
        private final Agent bob;
        private final Agent dan;
        private final Agent sue;
        private final SimulatedCall call;
        private int segments;
        private Optional<String> outOfTurn = Optional.empty();

        Play(CallCentre centre, CallOptions options) {
            TwilioSimulator twilio = centre.twilio();
            this.centre = centre;
            this.ann = twilio.browserAgent("Ann");
            this.bob = twilio.browserAgent("Bob");
            this.dan = twilio.deskPhoneAgent("Dan", "+15550100099");
            this.sue = twilio.browserAgent("Sue");
            this.call = twilio.inboundCall(options).waitsInQueue();
        }

        SimulatedCall talk() {
            return call.accepts(ann);
        }

        SimulatedCall consulting() {
            return talk().startsWarmTransfer(ann, bob).rings(bob).accepts(bob);
        }

        SimulatedCall handedOn() {
            talk().startsColdTransfer(ann, bob);
            ends(acting -> acting.agentLeaves(ann));
            return call.accepts(bob);
        }

        SimulatedCall withOutsider() {
            return talk().dialsOut(ann, NUMBER).outsideRings().outsidePicksUp();
        }

        SimulatedCall supervised() {
            return talk().listensIn(sue).joinsTalk(sue);
        }

        /** Something happens that ends one agent's part of the call. */
        void ends(Consumer<SimulatedCall> act) {
            ends(1, act);
        }

        /** Something happens that ends the part that so many agents have in the call. */
        void ends(int agents, Consumer<SimulatedCall> act) {
            act.accept(call);
            segments += agents;
            centre.awaitOutcomes(call, segments);
        }

        /** The agent completes; while others go on with the call, what was written for this agent goes. */
        void completes(Agent agent) {
            awaitHangUpBy(ending(call.reservationSid(agent)).flatMap(ExpectedOutcome::hangUpBy));
            call.completes(agent);
            if (!List.of("wrapping", "completed").contains(call.task().status())) {
                awaitHangUpBy(Optional.empty());
            }
        }

        /** The agent completes while an earlier agent owns the field, which must be reported. */
        void completesOutOfTurn(Agent agent) {
            long before = centre.hangUpBy().status().collisions();
            String reservation = call.reservationSid(agent);
            call.completes(agent);
            outOfTurn = Optional.of(reservation);
            assertThat(call.completedOutOfTurn(reservation)).isTrue();
            assertThat(centre.awaitCollision(call))
                    .extracting(outcome -> outcome.segment().reservation().value())
                    .containsExactly(reservation);
            assertThat(centre.hangUpBy().status().collisions()).isEqualTo(before + 1);
        }

        private void awaitHangUpBy(Optional<String> value) {
            value.ifPresentOrElse(
                    text -> call.task().awaitHangUpBy(text, AFTER_CALL_WORK),
                    () -> call.task().awaitNoHangUpBy(AFTER_CALL_WORK));
        }

        private Optional<ExpectedOutcome> ending(String reservation) {
            return Optional.ofNullable(call.expectedOutcomes().get(reservation));
        }

        /** What Flex Insights read for each agent, in words. */
        String values() {
            return Stream.of(ann, bob, dan)
                    .flatMap(agent -> snapshot(agent).map(read -> agent.name() + ": " + words(read)).stream())
                    .collect(Collectors.joining(", "));
        }

        private Optional<InsightsSnapshot> snapshot(Agent agent) {
            return call.expectedOutcomes().keySet().stream()
                    .filter(reservation -> worker(reservation).equals(agent.workerSid()))
                    .findFirst()
                    .flatMap(call::snapshot);
        }

        private String worker(String reservation) {
            return call.events().stream()
                    .filter(event -> reservation.equals(event.params().get("ReservationSid")))
                    .map(event -> event.params().get("WorkerSid"))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
        }

        private static String words(InsightsSnapshot read) {
            return read.hangUpBy().orElse("-")
                    + read.destination().map(number -> " to " + number).orElse("");
        }

        /** What Flex Insights read for each segment, apart from one that could not be right. */
        Map<String, Read> judged() {
            return perSegment(reservation -> call.snapshot(reservation)
                    .map(read -> new Read(read.hangUpBy(), read.destination()))
                    .orElse(Read.NOTHING));
        }

        /** What Flex Insights should have read for each segment, apart from one that could not be right. */
        Map<String, Read> right() {
            return perSegment(reservation -> ending(reservation)
                    .map(truth -> new Read(truth.hangUpBy(), truth.destination()))
                    .orElse(Read.NOTHING));
        }

        private Map<String, Read> perSegment(Function<String, Read> read) {
            return call.expectedOutcomes().keySet().stream()
                    .filter(reservation -> outOfTurn.filter(reservation::equals).isEmpty())
                    .collect(Collectors.toMap(reservation -> reservation, read));
        }

        int collisions() {
            return centre.collisions(call).size();
        }

        int apiCalls() {
            return centre.apiCalls(call);
        }
    }

    /** What Flex Insights reads of a segment. */
    private record Read(Optional<String> hangUpBy, Optional<String> destination) {
        static final Read NOTHING = new Read(Optional.empty(), Optional.empty());
    }
}
