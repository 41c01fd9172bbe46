package io.hangupby.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Calls of every kind, in steps, with what the parties' acts make of each segment and what a backend can see: how the
 * conference ended, in which order the legs left and why, and the events of the transfers.
 */
class ScenariosTest {

    private static final String NUMBER = "+15550100042";

    private final SettableClock clock = new SettableClock();
    private final TwilioSimulator twilio =
            TwilioSimulator.builder().clock(clock).start();
    private final ApiClient api = new ApiClient(twilio);

    @AfterEach
    void stop() {
        twilio.close();
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void isPlayedAsTold(Scenario scenario) throws Exception {
        Cast cast = Cast.of(twilio, clock, scenario.options);
        scenario.play.accept(cast);
        SimulatedCall call = cast.call();
        call.allComplete();

        assertThat(answers(cast)).as("answers").isEqualTo(scenario.answers);
        assertThat(end(cast)).as("end").isEqualTo(scenario.end);
        assertThat(leaves(cast)).as("leave order").isEqualTo(scenario.leaves);
        assertThat(transferEvents(call)).as("transfers").isEqualTo(scenario.transfers);
        assertThat(toldLeaves(call))
                .isEqualTo(call.leaves().stream().map(Leave::callSid).toList());
        assertThat(call.task().status()).isEqualTo("completed");
        assertThat(call.events())
                .filteredOn(event -> event.type().equals("task.wrapup"))
                .hasSize(1);
        assertThat(call.truth().values().stream().anyMatch(Ending::needsLeaveOrder))
                .isEqualTo(scenario.needsLeaveOrder);
    }

    private static String answers(Cast cast) {
        Map<String, Ending> truth = cast.call().truth();
        return cast.agents().stream()
                .flatMap(agent -> Optional.ofNullable(truth.get(cast.sidOf(agent))).stream()
                        .map(ending -> agent.name() + ":" + text(ending)))
                .collect(Collectors.joining(", "));
    }

    private static String text(Ending ending) {
        return ending.hangUpBy().orElse("-")
                + ending.destination().map(number -> " to " + number).orElse("");
    }

    private String end(Cast cast) throws Exception {
        JsonNode conference = api.read(api.conference(cast.call()));
        if (!conference.get("status").textValue().equals("completed")) {
            JsonNode legs = api.read(api.participants(cast.call())).get("participants");
            return "with " + names(cast, legs.findValuesAsText("call_sid"));
        }
        String reason = conference
                .get("reason_conference_ended")
                .asText()
                .replace("participant-with-end-conference-on-exit", "exit");
        return reason + " "
                + cast.nameOf(conference.get("call_sid_ending_conference").asText());
    }

    private static String names(Cast cast, List<String> callSids) {
        return callSids.stream().map(cast::nameOf).collect(Collectors.joining(" "));
    }

    private static String leaves(Cast cast) {
        return cast.call().leaves().stream()
                .map(leave -> cast.nameOf(leave.callSid()) + " "
                        + leave.reason().wire().replaceAll("(.)[a-z]*(_|$)", "$1"))
                .collect(Collectors.joining(", "));
    }

    private static String transferEvents(SimulatedCall call) {
        return call.events().stream()
                .map(WorkspaceEvent::type)
                .filter(type -> type.startsWith("task.transfer-"))
                .map(type -> type.substring("task.transfer-".length()))
                .collect(Collectors.joining(" "));
    }

    private static List<String> toldLeaves(SimulatedCall call) {
        return call.conferenceEvents().stream()
                .filter(event -> event.type().equals("participant-leave"))
                .map(event -> event.param("CallSid"))
                .toList();
    }

    /** The scenarios, in short: who is in the call and what happens; answers; end; leave order; transfer events. */
    enum Scenario {
        COLD_CUSTOMER(
                "Ann:cold transfer, Bob:customer",
                "exit-left customer",
                "Ann phu, customer phu, Bob mec",
                "initiated completed",
                cast -> {
                    cast.talk().startsColdTransfer(cast.ann, cast.bob).agentLeaves(cast.ann);
                    cast.call()
                            .completes(cast.ann)
                            .rings(cast.bob)
                            .accepts(cast.bob)
                            .customerHangsUp();
                }),
        COLD_QUEUE_CUSTOMER(
                "Ann:cold transfer, Bob:customer",
                "exit-left customer",
                "Ann phu, customer phu, Bob mec",
                "initiated attempt-failed completed",
                cast -> cast.talk()
                        .startsColdTransferToQueue(cast.ann)
                        .agentLeaves(cast.ann)
                        .declines(cast.dan)
                        .accepts(cast.bob)
                        .completes(cast.ann)
                        .customerHangsUp()),
        COLD_AGENT(
                "Ann:cold transfer, Bob:agent",
                "exit-left Bob",
                "Ann phu, Bob phu, customer mec",
                "initiated completed",
                cast -> cast.talk()
                        .startsColdTransfer(cast.ann, cast.bob)
                        .agentLeaves(cast.ann)
                        .accepts(cast.bob)
                        .completes(cast.ann)
                        .agentClicksHangUp(cast.bob)),
        COLD_DECLINED(
                "Ann:customer",
                "exit-left customer",
                "customer phu, Ann mec",
                "initiated failed",
                cast -> cast.talk()
                        .startsColdTransfer(cast.ann, cast.bob)
                        .declines(cast.bob)
                        .unhold()
                        .customerHangsUp()),
        COLD_DECLINED_THEN_AGENT(
                "Ann:agent",
                "exit-left Ann",
                "Ann phu, customer mec",
                "initiated failed",
                cast -> cast.talk()
                        .startsColdTransfer(cast.ann, cast.bob)
                        .declines(cast.bob)
                        .unhold()
                        .agentClicksHangUp(cast.ann)),
        WARM_CUSTOMER(
                "Ann:warm transfer, Bob:customer",
                "exit-left customer",
                "Ann phu, customer phu, Bob mec",
                "initiated completed",
                cast -> cast.consulting()
                        .unhold()
                        .agentClicksHangUp(cast.ann, Marker.BARE)
                        .completes(cast.ann)
                        .customerHangsUp()),
        WARM_AGENT(
                "Ann:warm transfer, Bob:agent",
                "exit-left Bob",
                "Ann phu, Bob phu, customer mec",
                "initiated completed",
                cast -> cast.consulting()
                        .unhold()
                        .agentClicksHangUp(cast.ann, Marker.BARE)
                        .completes(cast.ann)
                        .agentClicksHangUp(cast.bob, Marker.BARE)),
        WARM_AGENT_OVERLAP(
                "Ann:warm transfer, Bob:agent",
                "exit-left Bob",
                "Ann phu, Bob phu, customer mec",
                "initiated completed",
                cast -> cast.consulting()
                        .unhold()
                        .agentClicksHangUp(cast.ann, Marker.BARE)
                        .agentClicksHangUp(cast.bob, Marker.BARE)
                        .completes(cast.ann)),
        CONSULT_AGENT(
                "Ann:agent, Bob:consult",
                "exit-left Ann",
                "Bob phu, Ann phu, customer mec",
                "initiated completed",
                cast -> cast.consulting()
                        .agentClicksHangUp(cast.bob)
                        .unhold()
                        .completes(cast.bob)
                        .agentClicksHangUp(cast.ann)),
        CONSULT_CRASH(
                "Ann:disconnect, Bob:consult",
                "exit-left Ann",
                "Bob phu, Ann phu, customer mec",
                "initiated canceled",
                CallOptions.builder().transferOpenUntilLeft().build(),
                cast -> cast.consulting()
                        .agentClicksHangUp(cast.bob, Marker.BARE)
                        .unhold()
                        .completes(cast.bob)
                        .agentCrashes(cast.ann)),
        WARM_OPEN_UNTIL_LEFT(
                "Ann:warm transfer, Bob:customer",
                "exit-left customer",
                "Ann phu, customer phu, Bob mec",
                "initiated completed",
                CallOptions.builder().transferOpenUntilLeft().workerReplaced().build(),
                cast -> cast.consulting().agentClicksHangUp(cast.ann).unhold().customerHangsUp()),
        CUSTOMER_LEAVES_DURING_CONSULT(
                "Ann:customer, Bob:customer",
                "exit-left customer",
                "customer phu, Ann mec, Bob mec",
                "initiated completed",
                cast -> cast.consulting().customerHangsUp()),
        WARM_UNANSWERED_AGENT(
                "Ann:agent",
                "exit-left Ann",
                "Ann phu, customer mec",
                "initiated failed",
                cast -> cast.talk()
                        .startsWarmTransfer(cast.ann, cast.bob)
                        .doesNotAnswer(cast.bob)
                        .unhold()
                        .agentClicksHangUp(cast.ann)),
        WARM_UNANSWERED_CUSTOMER(
                "Ann:customer",
                "exit-left customer",
                "customer phu, Ann mec",
                "initiated failed",
                cast -> cast.talk()
                        .startsWarmTransfer(cast.ann, cast.bob)
                        .doesNotAnswer(cast.bob)
                        .unhold()
                        .customerHangsUp()),
        WARM_TAKEN_BACK(
                "Ann:customer",
                "exit-left customer",
                "customer phu, Ann mec",
                "initiated canceled",
                cast -> cast.talk()
                        .startsWarmTransfer(cast.ann, cast.bob)
                        .rings(cast.bob)
                        .cancelsTransfer(cast.ann)
                        .unhold()
                        .customerHangsUp()),
        CONSULT_ENDED_BY_THE_FIRST_AGENT(
                "Ann:customer, Bob:consult",
                "exit-left customer",
                "Bob puva, customer phu, Ann mec",
                "initiated canceled",
                CallOptions.builder().transferOpenUntilLeft().build(),
                cast -> cast.consulting().cancelsTransfer(cast.ann).unhold().customerHangsUp()),
        OVERLAP_IN_ORDER(
                "Ann:cold transfer, Bob:customer",
                "exit-left customer",
                "Ann phu, customer phu, Bob mec",
                "initiated completed",
                cast -> {
                    cast.handedOn().customerHangsUp().completes(cast.ann).completes(cast.bob);
                    assertThat(cast.call().completedOutOfTurn(cast.sidOf(cast.bob)))
                            .isFalse();
                }),
        OVERLAP_REVERSED(
                "Ann:cold transfer, Bob:customer",
                "exit-left customer",
                "Ann phu, customer phu, Bob mec",
                "initiated completed",
                cast -> {
                    cast.handedOn().customerHangsUp();
                    cast.clock().advance(Duration.ofSeconds(1));
                    cast.call().completes(cast.bob).completes(cast.ann);
                    assertThat(cast.call().completedOutOfTurn(cast.sidOf(cast.bob)))
                            .isTrue();
                }),
        EXTERNAL_WARM(
                "Ann:external warm transfer to " + NUMBER,
                "with customer " + NUMBER,
                "Ann phu",
                "",
                cast -> cast.withOutsider().agentClicksHangUp(cast.ann)),
        EXTERNAL_WARM_THEN_END(
                "Ann:external warm transfer to " + NUMBER,
                "exit-left customer",
                "Ann phu, customer phu, " + NUMBER + " mec",
                "",
                cast -> cast.withOutsider()
                        .agentClicksHangUp(cast.ann)
                        .completes(cast.ann)
                        .customerHangsUp()),
        EXTERNAL_NO_ANSWER(
                "Ann:agent",
                "exit-left Ann",
                NUMBER + " paf, Ann phu, customer mec",
                "",
                cast -> cast.talk()
                        .dialsOut(cast.ann, NUMBER)
                        .outsideRings()
                        .outsideDoesNotAnswer()
                        .agentClicksHangUp(cast.ann)),
        EXTERNAL_LEAVES_THEN_CUSTOMER(
                "Ann:customer",
                "exit-left customer",
                NUMBER + " phu, customer phu, Ann mec",
                "",
                cast -> cast.withOutsider().outsideHangsUp().customerHangsUp()),
        EXTERNAL_LEAVES_THEN_AGENT(
                "Ann:agent",
                "exit-left Ann",
                NUMBER + " phu, Ann phu, customer mec",
                "",
                cast -> cast.withOutsider().outsideHangsUp().agentClicksHangUp(cast.ann)),
        EXTERNAL_ENDS(
                "Ann:external",
                "exit-left " + NUMBER,
                NUMBER + " phu, Ann mec, customer mec",
                "",
                CallOptions.builder().outsideEndsConference().build(),
                cast -> cast.withOutsider().outsideHangsUp()),
        CUSTOMER_LEAVES_THREE_WAY(
                "Ann:customer",
                "exit-left Ann",
                "customer phu, Ann phu, " + NUMBER + " mec",
                "",
                true,
                CallOptions.builder().openThreeWayTalk().build(),
                cast -> cast.withOutsider().customerHangsUp().agentClicksHangUp(cast.ann)),
        HELD_CUSTOMER_LEAVES_THREE_WAY(
                "Ann:customer",
                "exit-left customer",
                "customer phu, Ann mec, " + NUMBER + " mec",
                "",
                CallOptions.builder().openThreeWayTalk().build(),
                cast -> cast.talk()
                        .hold()
                        .dialsOut(cast.ann, NUMBER)
                        .outsideAnswers()
                        .customerHangsUp()),
        EXTERNAL_COLD(
                "Ann:external cold transfer to " + NUMBER,
                "exit-left customer",
                "customer puva, Ann mec",
                "",
                cast -> cast.talk().sendsCustomerTo(cast.ann, NUMBER)),
        EXTERNAL_REMOVED(
                "Ann:customer",
                "exit-left customer",
                NUMBER + " puva, customer phu, Ann mec",
                "",
                cast -> cast.withOutsider().agentRemovesOutside(cast.ann).customerHangsUp()),
        TWO_CUSTOMERS(
                "Ann:customer",
                "exit-left " + NUMBER,
                "customer phu, " + NUMBER + " phu, Ann mec",
                "",
                true,
                CallOptions.builder().openThreeWayTalk().build(),
                cast -> cast.talk()
                        .dialsSecondCustomer(cast.ann, NUMBER)
                        .secondCustomerAnswers()
                        .customerHangsUp()
                        .secondCustomerHangsUp()),
        SUPERVISOR_LISTENS(
                "Ann:customer",
                "exit-left customer",
                "customer phu, Ann mec, Sue mec",
                "",
                cast -> cast.talk().listensIn(cast.sue).customerHangsUp()),
        SUPERVISOR_STOPS_LISTENING(
                "Ann:agent",
                "exit-left Ann",
                "Sue phu, Ann phu, customer mec",
                "",
                cast -> cast.talk()
                        .coaches(cast.sue, cast.ann)
                        .supervisorHangsUp()
                        .agentClicksHangUp(cast.ann)),
        SUPERVISOR_TAKES_OVER(
                "Ann:agent",
                "exit-left Sue",
                "Ann phu, Sue phu, customer mec",
                "",
                cast -> cast.supervised()
                        .agentClicksHangUp(cast.ann)
                        .completes(cast.ann)
                        .supervisorHangsUp()),
        SUPERVISOR_ENDS(
                "Ann:supervisor",
                "exit-left Sue",
                "Sue phu, Ann mec, customer mec",
                "",
                cast -> cast.supervised().supervisorHangsUp()),
        SUPERVISOR_REMOVES_AGENT(
                "Ann:supervisor",
                "with customer Sue",
                "Ann puva",
                "",
                cast -> cast.supervised().supervisorRemovesAgent(cast.sue, cast.ann)),
        DESK_PHONE_END(
                "Dan:agent",
                "exit-kicked Dan",
                "Dan puva, customer mec",
                "",
                cast -> cast.call().accepts(cast.dan).agentEndsFromDeskPhone(cast.dan)),
        DEAD_BROWSER_ENDS_THREE_WAY(
                "Ann:disconnect",
                "exit-left Ann",
                "Ann phu, customer mec, " + NUMBER + " mec",
                "",
                cast -> cast.talk()
                        .dialsOut(cast.ann, NUMBER)
                        .agentBrowserDies(cast.ann)
                        .outsideAnswers()
                        .agentCrashes(cast.ann)),
        AGENT_CRASHES_WITH_OUTSIDER(
                "Ann:disconnect",
                "with customer " + NUMBER,
                "Ann phu",
                "",
                cast -> cast.withOutsider().agentCrashes(cast.ann)),
        WARM_THEN_WARM_BACK(
                "Ann:warm transfer, Bob:warm transfer, Dan:agent",
                "exit-left Dan",
                "Ann phu, Bob phu, Dan phu, customer mec",
                "initiated completed initiated completed",
                cast -> cast.consulting()
                        .unhold()
                        .agentClicksHangUp(cast.ann)
                        .startsWarmTransfer(cast.bob, cast.dan)
                        .accepts(cast.dan)
                        .unhold()
                        .agentClicksHangUp(cast.bob)
                        .agentPutsDownHandset(cast.dan));

        private final String answers;
        private final String end;
        private final String leaves;
        private final String transfers;
        private final boolean needsLeaveOrder;
        private final CallOptions options;
        private final Consumer<Cast> play;

        Scenario(String answers, String end, String leaves, String transfers, Consumer<Cast> play) {
            this(answers, end, leaves, transfers, CallOptions.defaults(), play);
        }

        Scenario(
                String answers, String end, String leaves, String transfers, CallOptions options, Consumer<Cast> play) {
            this(answers, end, leaves, transfers, false, options, play);
        }

        Scenario(
                String answers,
                String end,
                String leaves,
                String transfers,
                boolean needsLeaveOrder,
                CallOptions options,
                Consumer<Cast> play) {
            this.answers = answers;
            this.end = end;
            this.leaves = leaves;
            this.transfers = transfers;
            this.needsLeaveOrder = needsLeaveOrder;
            this.options = options;
            this.play = play;
        }
    }
}
