package io.hangupby.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hangupby.simulator.account.LegDeparture;
import io.hangupby.simulator.events.WorkspaceEvent;
import io.hangupby.testing.HandClock;
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
 * Calls of every kind, in steps, with the expected outcome of each segment and what a backend can see: how the
 * conference ended, in which order the legs left and why, and the events of the transfers.
 */
class CallEndingsTest {

    private static final String NUMBER = "+15550100042";

    private final HandClock clock = new HandClock();
    private final TwilioSimulator twilio =
            TwilioSimulator.builder().clock(clock).start();
    private final ApiClient api = new ApiClient(twilio);

    @AfterEach
    void stop() {
        twilio.close();
    }

    @ParameterizedTest
    @EnumSource(CallEnding.class)
    void a_call_ends_as_expected(CallEnding ending) throws Exception {
        CallParties parties = CallParties.of(twilio, clock, ending.options);
        ending.play.accept(parties);
        SimulatedCall call = parties.call();
        call.allComplete();

        assertThat(values(parties)).as("values").isEqualTo(ending.values);
        assertThat(end(parties)).as("end").isEqualTo(ending.end);
        assertThat(departures(parties)).as("order of departures").isEqualTo(ending.departures);
        assertThat(transferEvents(call)).as("transfers").isEqualTo(ending.transfers);
        assertThat(reportedDepartures(call))
                .isEqualTo(call.departures().stream().map(LegDeparture::callSid).toList());
        assertThat(call.task().status()).isEqualTo("completed");
        assertThat(call.events())
                .filteredOn(event -> event.type().equals("task.wrapup"))
                .hasSize(1);
        assertThat(call.expectedOutcomes().values().stream().anyMatch(ExpectedOutcome::needsDepartureOrder))
                .isEqualTo(ending.needsDepartureOrder);
    }

    private static String values(CallParties parties) {
        Map<String, ExpectedOutcome> expected = parties.call().expectedOutcomes();
        return parties.agents().stream()
                .flatMap(agent -> Optional.ofNullable(expected.get(parties.sidOf(agent))).stream()
                        .map(outcome -> agent.name() + ":" + text(outcome)))
                .collect(Collectors.joining(", "));
    }

    private static String text(ExpectedOutcome outcome) {
        return outcome.hangUpBy().orElse("-")
                + outcome.destination().map(number -> " to " + number).orElse("");
    }

    private String end(CallParties parties) throws Exception {
        JsonNode conference = api.read(api.conference(parties.call()));
        if (!conference.get("status").textValue().equals("completed")) {
            JsonNode legs = api.read(api.participants(parties.call())).get("participants");
            return "with " + names(parties, legs.findValuesAsText("call_sid"));
        }
        String reason = conference
                .get("reason_conference_ended")
                .asText()
                .replace("participant-with-end-conference-on-exit", "exit");
        return reason + " "
                + parties.nameOf(conference.get("call_sid_ending_conference").asText());
    }

    private static String names(CallParties parties, List<String> callSids) {
        return callSids.stream().map(parties::nameOf).collect(Collectors.joining(" "));
    }

    private static String departures(CallParties parties) {
        return parties.call().departures().stream()
                .map(departure -> parties.nameOf(departure.callSid()) + " "
                        + departure.reason().wire().replaceAll("(.)[a-z]*(_|$)", "$1"))
                .collect(Collectors.joining(", "));
    }

    private static String transferEvents(SimulatedCall call) {
        return call.events().stream()
                .map(WorkspaceEvent::type)
                .filter(type -> type.startsWith("task.transfer-"))
                .map(type -> type.substring("task.transfer-".length()))
                .collect(Collectors.joining(" "));
    }

    private static List<String> reportedDepartures(SimulatedCall call) {
        return call.conferenceEvents().stream()
                .filter(event -> event.type().equals("participant-leave"))
                .map(event -> event.param("CallSid"))
                .toList();
    }

    /** The calls: expected values, end of the conference, order of departures, transfer events, steps. */
    enum CallEnding {
        COLD_CUSTOMER(
                "Ann:cold transfer, Bob:customer",
                "exit-left customer",
                "Ann phu, customer phu, Bob mec",
                "initiated completed",
                parties -> {
                    parties.connected()
                            .startsColdTransfer(parties.ann, parties.bob)
                            .agentLeaves(parties.ann);
                    parties.call()
                            .completes(parties.ann)
                            .rings(parties.bob)
                            .accepts(parties.bob)
                            .customerHangsUp();
                }),
        COLD_QUEUE_CUSTOMER(
                "Ann:cold transfer, Bob:customer",
                "exit-left customer",
                "Ann phu, customer phu, Bob mec",
                "initiated attempt-failed completed",
                parties -> parties.connected()
                        .startsColdTransferToQueue(parties.ann)
                        .agentLeaves(parties.ann)
                        .declines(parties.dan)
                        .accepts(parties.bob)
                        .completes(parties.ann)
                        .customerHangsUp()),
        COLD_AGENT(
                "Ann:cold transfer, Bob:agent",
                "exit-left Bob",
                "Ann phu, Bob phu, customer mec",
                "initiated completed",
                parties -> parties.connected()
                        .startsColdTransfer(parties.ann, parties.bob)
                        .agentLeaves(parties.ann)
                        .accepts(parties.bob)
                        .completes(parties.ann)
                        .agentClicksHangUp(parties.bob)),
        COLD_DECLINED(
                "Ann:customer",
                "exit-left customer",
                "customer phu, Ann mec",
                "initiated failed",
                parties -> parties.connected()
                        .startsColdTransfer(parties.ann, parties.bob)
                        .declines(parties.bob)
                        .unhold()
                        .customerHangsUp()),
        COLD_DECLINED_THEN_AGENT(
                "Ann:agent",
                "exit-left Ann",
                "Ann phu, customer mec",
                "initiated failed",
                parties -> parties.connected()
                        .startsColdTransfer(parties.ann, parties.bob)
                        .declines(parties.bob)
                        .unhold()
                        .agentClicksHangUp(parties.ann)),
        WARM_CUSTOMER(
                "Ann:warm transfer, Bob:customer",
                "exit-left customer",
                "Ann phu, customer phu, Bob mec",
                "initiated completed",
                parties -> parties.consulting()
                        .unhold()
                        .agentClicksHangUp(parties.ann, PluginMarker.BARE)
                        .completes(parties.ann)
                        .customerHangsUp()),
        WARM_AGENT(
                "Ann:warm transfer, Bob:agent",
                "exit-left Bob",
                "Ann phu, Bob phu, customer mec",
                "initiated completed",
                parties -> parties.consulting()
                        .unhold()
                        .agentClicksHangUp(parties.ann, PluginMarker.BARE)
                        .completes(parties.ann)
                        .agentClicksHangUp(parties.bob, PluginMarker.BARE)),
        WARM_AGENT_OVERLAP(
                "Ann:warm transfer, Bob:agent",
                "exit-left Bob",
                "Ann phu, Bob phu, customer mec",
                "initiated completed",
                parties -> parties.consulting()
                        .unhold()
                        .agentClicksHangUp(parties.ann, PluginMarker.BARE)
                        .agentClicksHangUp(parties.bob, PluginMarker.BARE)
                        .completes(parties.ann)),
        CONSULT_AGENT(
                "Ann:agent, Bob:consult",
                "exit-left Ann",
                "Bob phu, Ann phu, customer mec",
                "initiated completed",
                parties -> parties.consulting()
                        .agentClicksHangUp(parties.bob)
                        .unhold()
                        .completes(parties.bob)
                        .agentClicksHangUp(parties.ann)),
        CONSULT_CRASH(
                "Ann:disconnect, Bob:consult",
                "exit-left Ann",
                "Bob phu, Ann phu, customer mec",
                "initiated canceled",
                CallOptions.builder().transferOpenUntilLeft().build(),
                parties -> parties.consulting()
                        .agentClicksHangUp(parties.bob, PluginMarker.BARE)
                        .unhold()
                        .completes(parties.bob)
                        .agentCrashes(parties.ann)),
        WARM_OPEN_UNTIL_LEFT(
                "Ann:warm transfer, Bob:customer",
                "exit-left customer",
                "Ann phu, customer phu, Bob mec",
                "initiated completed",
                CallOptions.builder().transferOpenUntilLeft().workerReplaced().build(),
                parties -> parties.consulting()
                        .agentClicksHangUp(parties.ann)
                        .unhold()
                        .customerHangsUp()),
        CUSTOMER_LEAVES_DURING_CONSULT(
                "Ann:customer, Bob:customer",
                "exit-left customer",
                "customer phu, Ann mec, Bob mec",
                "initiated completed",
                parties -> parties.consulting().customerHangsUp()),
        WARM_UNANSWERED_AGENT(
                "Ann:agent",
                "exit-left Ann",
                "Ann phu, customer mec",
                "initiated failed",
                parties -> parties.connected()
                        .startsWarmTransfer(parties.ann, parties.bob)
                        .doesNotRespond(parties.bob)
                        .unhold()
                        .agentClicksHangUp(parties.ann)),
        WARM_UNANSWERED_CUSTOMER(
                "Ann:customer",
                "exit-left customer",
                "customer phu, Ann mec",
                "initiated failed",
                parties -> parties.connected()
                        .startsWarmTransfer(parties.ann, parties.bob)
                        .doesNotRespond(parties.bob)
                        .unhold()
                        .customerHangsUp()),
        WARM_TAKEN_BACK(
                "Ann:customer",
                "exit-left customer",
                "customer phu, Ann mec",
                "initiated canceled",
                parties -> parties.connected()
                        .startsWarmTransfer(parties.ann, parties.bob)
                        .rings(parties.bob)
                        .cancelsTransfer(parties.ann)
                        .unhold()
                        .customerHangsUp()),
        CONSULT_ENDED_BY_THE_FIRST_AGENT(
                "Ann:customer, Bob:consult",
                "exit-left customer",
                "Bob puva, customer phu, Ann mec",
                "initiated canceled",
                CallOptions.builder().transferOpenUntilLeft().build(),
                parties -> parties.consulting()
                        .cancelsTransfer(parties.ann)
                        .unhold()
                        .customerHangsUp()),
        OVERLAP_IN_ORDER(
                "Ann:cold transfer, Bob:customer",
                "exit-left customer",
                "Ann phu, customer phu, Bob mec",
                "initiated completed",
                parties -> {
                    parties.coldTransferred()
                            .customerHangsUp()
                            .completes(parties.ann)
                            .completes(parties.bob);
                    assertThat(parties.call().completedOutOfTurn(parties.sidOf(parties.bob)))
                            .isFalse();
                }),
        OVERLAP_REVERSED(
                "Ann:cold transfer, Bob:customer",
                "exit-left customer",
                "Ann phu, customer phu, Bob mec",
                "initiated completed",
                parties -> {
                    parties.coldTransferred().customerHangsUp();
                    parties.clock().step(Duration.ofSeconds(1));
                    parties.call().completes(parties.bob).completes(parties.ann);
                    assertThat(parties.call().completedOutOfTurn(parties.sidOf(parties.bob)))
                            .isTrue();
                }),
        EXTERNAL_WARM(
                "Ann:external warm transfer to " + NUMBER,
                "with customer " + NUMBER,
                "Ann phu",
                "",
                parties -> parties.withOutsideParty().agentClicksHangUp(parties.ann)),
        EXTERNAL_WARM_THEN_END(
                "Ann:external warm transfer to " + NUMBER,
                "exit-left customer",
                "Ann phu, customer phu, " + NUMBER + " mec",
                "",
                parties -> parties.withOutsideParty()
                        .agentClicksHangUp(parties.ann)
                        .completes(parties.ann)
                        .customerHangsUp()),
        EXTERNAL_NO_ANSWER(
                "Ann:agent",
                "exit-left Ann",
                NUMBER + " paf, Ann phu, customer mec",
                "",
                parties -> parties.connected()
                        .dialsOut(parties.ann, NUMBER)
                        .outsideRings()
                        .outsideDoesNotPickUp()
                        .agentClicksHangUp(parties.ann)),
        EXTERNAL_LEAVES_THEN_CUSTOMER(
                "Ann:customer",
                "exit-left customer",
                NUMBER + " phu, customer phu, Ann mec",
                "",
                parties -> parties.withOutsideParty().outsideHangsUp().customerHangsUp()),
        EXTERNAL_LEAVES_THEN_AGENT(
                "Ann:agent",
                "exit-left Ann",
                NUMBER + " phu, Ann phu, customer mec",
                "",
                parties -> parties.withOutsideParty().outsideHangsUp().agentClicksHangUp(parties.ann)),
        EXTERNAL_ENDS(
                "Ann:external",
                "exit-left " + NUMBER,
                NUMBER + " phu, Ann mec, customer mec",
                "",
                CallOptions.builder().outsideEndsConference().build(),
                parties -> parties.withOutsideParty().outsideHangsUp()),
        CUSTOMER_LEAVES_THREE_WAY(
                "Ann:customer",
                "exit-left Ann",
                "customer phu, Ann phu, " + NUMBER + " mec",
                "",
                true,
                CallOptions.builder().openThreeWayTalk().build(),
                parties -> parties.withOutsideParty().customerHangsUp().agentClicksHangUp(parties.ann)),
        HELD_CUSTOMER_LEAVES_THREE_WAY(
                "Ann:customer",
                "exit-left customer",
                "customer phu, Ann mec, " + NUMBER + " mec",
                "",
                CallOptions.builder().openThreeWayTalk().build(),
                parties -> parties.connected()
                        .hold()
                        .dialsOut(parties.ann, NUMBER)
                        .outsidePicksUp()
                        .customerHangsUp()),
        EXTERNAL_COLD(
                "Ann:external cold transfer to " + NUMBER,
                "exit-left customer",
                "customer puva, Ann mec",
                "",
                parties -> parties.connected().sendsCustomerTo(parties.ann, NUMBER)),
        EXTERNAL_REMOVED(
                "Ann:customer",
                "exit-left customer",
                NUMBER + " puva, customer phu, Ann mec",
                "",
                parties -> parties.withOutsideParty()
                        .agentRemovesOutside(parties.ann)
                        .customerHangsUp()),
        TWO_CUSTOMERS(
                "Ann:customer",
                "exit-left " + NUMBER,
                "customer phu, " + NUMBER + " phu, Ann mec",
                "",
                true,
                CallOptions.builder().openThreeWayTalk().build(),
                parties -> parties.connected()
                        .dialsSecondCustomer(parties.ann, NUMBER)
                        .secondCustomerPicksUp()
                        .customerHangsUp()
                        .secondCustomerHangsUp()),
        SUPERVISOR_LISTENS(
                "Ann:customer",
                "exit-left customer",
                "customer phu, Ann mec, Sue mec",
                "",
                parties -> parties.connected().listensIn(parties.sue).customerHangsUp()),
        SUPERVISOR_STOPS_LISTENING(
                "Ann:agent",
                "exit-left Ann",
                "Sue phu, Ann phu, customer mec",
                "",
                parties -> parties.connected()
                        .coaches(parties.sue, parties.ann)
                        .supervisorHangsUp()
                        .agentClicksHangUp(parties.ann)),
        SUPERVISOR_TAKES_OVER(
                "Ann:agent",
                "exit-left Sue",
                "Ann phu, Sue phu, customer mec",
                "",
                parties -> parties.supervised()
                        .agentClicksHangUp(parties.ann)
                        .completes(parties.ann)
                        .supervisorHangsUp()),
        SUPERVISOR_ENDS(
                "Ann:supervisor",
                "exit-left Sue",
                "Sue phu, Ann mec, customer mec",
                "",
                parties -> parties.supervised().supervisorHangsUp()),
        SUPERVISOR_REMOVES_AGENT(
                "Ann:supervisor",
                "with customer Sue",
                "Ann puva",
                "",
                parties -> parties.supervised().supervisorRemovesAgent(parties.sue, parties.ann)),
        DESK_PHONE_END(
                "Dan:agent",
                "exit-kicked Dan",
                "Dan puva, customer mec",
                "",
                parties -> parties.call().accepts(parties.dan).agentEndsFromDeskPhone(parties.dan)),
        DEAD_BROWSER_ENDS_THREE_WAY(
                "Ann:disconnect",
                "exit-left Ann",
                "Ann phu, customer mec, " + NUMBER + " mec",
                "",
                parties -> parties.connected()
                        .dialsOut(parties.ann, NUMBER)
                        .agentBrowserDies(parties.ann)
                        .outsidePicksUp()
                        .agentCrashes(parties.ann)),
        AGENT_CRASHES_WITH_OUTSIDER(
                "Ann:disconnect",
                "with customer " + NUMBER,
                "Ann phu",
                "",
                parties -> parties.withOutsideParty().agentCrashes(parties.ann)),
        WARM_THEN_WARM_BACK(
                "Ann:warm transfer, Bob:warm transfer, Dan:agent",
                "exit-left Dan",
                "Ann phu, Bob phu, Dan phu, customer mec",
                "initiated completed initiated completed",
                parties -> parties.consulting()
                        .unhold()
                        .agentClicksHangUp(parties.ann)
                        .startsWarmTransfer(parties.bob, parties.dan)
                        .accepts(parties.dan)
                        .unhold()
                        .agentClicksHangUp(parties.bob)
                        .agentPutsDownHandset(parties.dan));

        private final String values;
        private final String end;
        private final String departures;
        private final String transfers;
        private final boolean needsDepartureOrder;
        private final CallOptions options;
        private final Consumer<CallParties> play;

        CallEnding(String values, String end, String departures, String transfers, Consumer<CallParties> play) {
            this(values, end, departures, transfers, CallOptions.defaults(), play);
        }

        CallEnding(
                String values,
                String end,
                String departures,
                String transfers,
                CallOptions options,
                Consumer<CallParties> play) {
            this(values, end, departures, transfers, false, options, play);
        }

        CallEnding(
                String values,
                String end,
                String departures,
                String transfers,
                boolean needsDepartureOrder,
                CallOptions options,
                Consumer<CallParties> play) {
            this.values = values;
            this.end = end;
            this.departures = departures;
            this.transfers = transfers;
            this.needsDepartureOrder = needsDepartureOrder;
            this.options = options;
            this.play = play;
        }
    }
}
