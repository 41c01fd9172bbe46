package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.decision.Outcome;
import io.hangupby.servlet.CallCentres.Events;
import io.hangupby.servlet.WholeCallTest.Stage;
import io.hangupby.servlet.WholeCallTest.Story;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.Agent;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls whose events come from Event Streams, alone or with the callback. Each is decided and written once, and costs no more
 * requests than with the callback alone.
 */
class EventStreamCallTest {
    private static final Map<Source, CallCentre> CENTRES = new EnumMap<>(Source.class);

    @BeforeAll
    static void open() throws Exception {
        CENTRES.put(Source.EVENT_STREAMS, CallCentre.withEventStreamsOnly());
        CENTRES.put(Source.BOTH, CallCentre.withEventStreamsToo());
    }

    @AfterAll
    static void close() {
        CENTRES.values().forEach(CallCentre::close);
    }

    @AfterEach
    void clearKnobs() {
        CENTRES.values().forEach(centre -> {
            centre.twilio().delivery().reset();
            centre.twilio().faults().clear();
        });
    }

    @ParameterizedTest(name = "{0}, {1}, events {2}")
    @MethodSource("calls")
    void a_call_is_decided_and_written_once(Story story, Source source, Events events) {
        CallCentre centre = Objects.requireNonNull(CENTRES.get(source));
        events.apply(centre.twilio().delivery());
        Agent agent = centre.twilio().browserAgent("Alice");

        SimulatedCall call = story.play.apply(new Stage(centre.twilio(), agent));
        List<Outcome> outcomes = centre.awaitOutcomes(call, 1);
        int apiCalls = centre.apiCalls(call);
        call.completes(agent);
        centre.awaitOutcomes(call, 1);

        assertThat(call.hangUpByAtCompletion(call.reservationSid(agent))).isEqualTo(story.expected);
        assertThat(outcomes).hasSize(1);
        assertThat(apiCalls).isEqualTo(story.apiCalls);
        assertThat(centre.apiCalls(call)).isEqualTo(apiCalls);
        assertThat(centre.outcomes(call)).isEqualTo(outcomes);
        assertThat(centre.twilio().delivery().responses().keySet()).containsExactly(204);
    }

    @ParameterizedTest
    @EnumSource
    void a_transferred_call_is_written_for_each_agent(Source source) {
        CallCentre centre = Objects.requireNonNull(CENTRES.get(source));
        Agent ann = centre.twilio().browserAgent("Ann");
        Agent bob = centre.twilio().browserAgent("Bob");
        SimulatedCall call = centre.twilio()
                .inboundCall()
                .waitsInQueue()
                .accepts(ann)
                .startsWarmTransfer(ann, bob)
                .rings(bob)
                .accepts(bob)
                .unhold()
                .agentClicksHangUp(ann);
        centre.awaitOutcomes(call, 1);
        call.completes(ann).customerHangsUp();
        centre.awaitOutcomes(call, 2);
        call.completes(bob);

        assertThat(call.hangUpByAtCompletion(call.reservationSid(ann))).contains("warm transfer");
        assertThat(call.hangUpByAtCompletion(call.reservationSid(bob))).contains("customer");
        assertThat(centre.awaitOutcomes(call, 2)).hasSize(2);
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                        Story.CUSTOMER_HANGS_UP,
                        Story.AGENT_HANGS_UP,
                        Story.AGENT_REFRESHES,
                        Story.OUTBOUND_BUSY,
                        Story.EVIDENCE_IS_SILENT,
                        Story.REPEATED_AND_LATE,
                        Story.OTHER_WRITER,
                        Story.WRITE_APPLIED_BUT_NOT_ANSWERED)
                .flatMap(story -> Arrays.stream(Source.values())
                        .flatMap(source ->
                                Arrays.stream(Events.values()).map(events -> Arguments.of(story, source, events))));
    }

    enum Source {
        EVENT_STREAMS,
        BOTH
    }
}
