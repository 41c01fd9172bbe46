package io.hangupby;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.internal.event.EventType;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.events.WorkspaceEvent;
import io.hangupby.simulator.internal.hostile.HostileTwilio;
import io.hangupby.simulator.internal.hostile.Mistreatment;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever comes of Twilio for some tasks, the other tasks' values are written in time. */
class OthersGoOnTest {
    /** Five seconds, and what a machine with much else to do needs. */
    private static final Duration IN_TIME = Duration.ofSeconds(7);

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int CALLS = 4;

    private final TwilioSimulator twilio = TwilioSimulator.builder().start();
    private final Set<String> spoilt = ConcurrentHashMap.newKeySet();
    private int agents;

    @ParameterizedTest
    @CsvSource({
        "16, NOTHING",
        "16, HEADERS_LINE_BY_LINE",
        "16, HINTS",
        "16, BYTES_ONE_BY_ONE",
        "16, ENDLESS_CHUNKS",
        "8, AN_ERROR",
        "40, AN_ERROR"
    })
    @Timeout(120)
    void while_requests_about_some_conferences(int conferences, Mistreatment response) throws Exception {
        try (twilio;
                HostileTwilio hostile = new HostileTwilio(twilio.baseUrl())
                        .treat(call -> spoilt.stream().anyMatch(call.target()::contains), response);
                HangUpBy hangUpBy = HangUpBy.builder()
                        .accountSid(twilio.accountSid())
                        .authToken(twilio.authToken())
                        .twilio(t -> t.baseUrl(hostile.baseUrl()))
                        .shutdownTimeout(Duration.ZERO)
                        .build()) {
            ends(hangUpBy, call());
            for (int i = 0; i < conferences; i++) {
                SimulatedCall call = call();
                spoilt.add(call.conferenceSid().orElseThrow());
                end(hangUpBy, call);
            }
            awaitSpoilt(hostile, Math.min(16, conferences));

            for (int i = 0; i < CALLS; i++) {
                ends(hangUpBy, call());
            }
            assertThat(hangUpBy.status().isOperational()).isTrue();
            if (response != Mistreatment.AN_ERROR && response != Mistreatment.ENDLESS_CHUNKS) {
                assertThat(hangUpBy.status().twilio().get(0).slowRequests()).isPositive();
            }
        }
    }

    private SimulatedCall call() {
        return twilio.inboundCall().waitsInQueue().accepts(twilio.browserAgent("Agent" + agents++));
    }

    private static void end(HangUpBy hangUpBy, SimulatedCall call) {
        call.customerHangsUp();
        for (WorkspaceEvent event : call.events()) {
            hangUpBy.acceptCallback(event.params());
        }
        assertThat(call.events()).extracting(WorkspaceEvent::type).contains(EventType.RESERVATION_WRAPUP.toString());
    }

    private static void ends(HangUpBy hangUpBy, SimulatedCall call) {
        end(hangUpBy, call);
        call.task().awaitHangUpBy("customer", IN_TIME);
    }

    private static void awaitSpoilt(HostileTwilio hostile, int requests) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (hostile.mistreated().size() < requests) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
