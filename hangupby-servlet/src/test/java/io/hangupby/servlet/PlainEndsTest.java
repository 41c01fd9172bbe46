package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.simulator.rest.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the plain ends cost, with each level of evidence: requests, and how many of them follow upon each other. The table is
 * in {@code docs/writing.md}.
 */
class PlainEndsTest {
    /** Requests that are sent together overlap, even on a busy machine. */
    private static final Duration LATENCY = Duration.ofMillis(700);

    private static final Path PAGE = Path.of("../docs/writing.md");

    @Test
    void each_plain_end_takes_the_documented_requests_and_round_trips() throws Exception {
        List<String> documented = Files.readAllLines(PAGE);
        List<Map<End, Cost>> measured = new ArrayList<>();
        for (Evidence evidence : Evidence.values()) {
            measured.add(costs(evidence));
        }

        for (End end : End.values()) {
            String row = Stream.concat(
                            Stream.of(end.row), measured.stream().map(costs -> String.valueOf(costs.get(end))))
                    .collect(Collectors.joining(" | ", "| ", " |"));
            assertThat(documented).contains(row);
        }
    }

    private static Map<End, Cost> costs(Evidence evidence) throws Exception {
        try (CallCentre centre = evidence.centre.open()) {
            centre.twilio().faults().rate(1.0, Fault.slow(LATENCY));
            List<Played> calls =
                    Stream.of(End.values()).map(end -> new Played(end, centre)).toList();
            return calls.stream().collect(Collectors.toMap(Played::end, Played::cost));
        }
    }

    /** What hangupby knows without a request. */
    private enum Evidence {
        EVENTS_ONLY(() -> new CallCentre(settings -> settings)),
        STATUS_CALLBACKS(CallCentre::withStatusCallbacks),
        EVENT_STREAMS(PlainEndsTest::withConferencesStreamed);

        private final Opening centre;

        Evidence(Opening centre) {
            this.centre = centre;
        }
    }

    private static CallCentre withConferencesStreamed() throws Exception {
        CallCentre centre = CallCentre.withEventStreamsOnly();
        centre.twilio().delivery().streamConferences(true);
        return centre;
    }

    private interface Opening {
        CallCentre open() throws Exception;
    }

    /** How an inbound or outbound call with one agent in a browser ends. */
    private enum End {
        CUSTOMER(
                "the customer hangs up",
                "customer",
                (twilio, agent) -> talk(twilio, agent).customerHangsUp()),
        CLICK(
                "the agent clicks, and the plugin marks it",
                "agent",
                (twilio, agent) -> talk(twilio, agent).agentClicksHangUp(agent)),
        DROP(
                "the agent's connection is lost",
                "disconnect",
                (twilio, agent) -> talk(twilio, agent).agentCrashes(agent)),
        OUTBOUND(
                "outbound, the customer hangs up",
                "customer",
                (twilio, agent) -> twilio.outboundCall(agent).customerPicksUp().customerHangsUp()),
        FOUR_PARTIES(
                "four talk, and the agent leaves the others",
                "external warm transfer",
                (twilio, agent) -> talk(twilio, agent)
                        .dialsOut(agent, "+15550100042")
                        .outsidePicksUp()
                        .listensIn(twilio.browserAgent("Supervisor"))
                        .agentClicksHangUp(agent));

        private final String row;
        private final String value;
        private final BiFunction<TwilioSimulator, Agent, SimulatedCall> play;

        End(String row, String value, BiFunction<TwilioSimulator, Agent, SimulatedCall> play) {
            this.row = row;
            this.value = value;
            this.play = play;
        }

        private static SimulatedCall talk(TwilioSimulator twilio, Agent agent) {
            return twilio.inboundCall().waitsInQueue().rings(agent).accepts(agent);
        }
    }

    /** A call that was played; its work is still under way. */
    private static final class Played {
        private final End end;
        private final CallCentre centre;
        private final SimulatedCall call;
        private final Agent agent;

        Played(End end, CallCentre centre) {
            this.end = end;
            this.centre = centre;
            this.agent = centre.twilio().browserAgent("Agent of " + end);
            this.call = end.play.apply(centre.twilio(), agent);
        }

        End end() {
            return end;
        }

        Cost cost() {
            centre.awaitOutcomes(call, 1);
            Cost cost = new Cost(
                    centre.twilio().counters().ofTask(call.taskSid()),
                    centre.twilio().counters().roundTripsOfTask(call.taskSid()));
            call.completes(agent);
            assertThat(call.hangUpByAtCompletion(call.reservationSid(agent))).isEqualTo(Optional.of(end.value));
            return cost;
        }
    }

    private record Cost(Map<ApiOperation, Integer> requests, int roundTrips) {
        @Override
        public String toString() {
            int sum = requests.values().stream().mapToInt(Integer::intValue).sum();
            return sum + " in " + roundTrips;
        }
    }
}
