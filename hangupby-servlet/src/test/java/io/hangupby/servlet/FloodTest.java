package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.simulator.scenarios.CallGenerator;
import io.hangupby.simulator.scenarios.FinishedCall;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FloodTest {

    @Test
    void calls_are_decided_in_time_among_twenty_times_the_usual_events() throws Exception {
        Collection<FinishedCall> finished = new ConcurrentLinkedQueue<>();
        try (CallCentre centre = new CallCentre(settings -> settings);
                CallGenerator calls = CallGenerator.builder(centre.twilio())
                        .threads(20)
                        .callsPerSecond(20)
                        .betweenSteps(Duration.ofMillis(10), Duration.ofMillis(50))
                        .wrapUp(Duration.ofSeconds(5))
                        .unrelatedEventsPerCall(200)
                        .trickyAttributes()
                        .onFinished(finished::add)
                        .build()) {
            calls.play(40, Duration.ofSeconds(90));

            assertThat(centre.twilio().delivery().attempts()).isGreaterThan(5_000);
            assertThat(centre.twilio().delivery().responses().keySet()).isEqualTo(Set.of(204));
            assertThat(centre.hangUpBy().status().rejectedEvents()).isZero();
        }

        assertThat(finished)
                .hasSize(40)
                .allSatisfy(call -> assertThat(call.isAsExpected())
                        .as("%s: %s", call.scenario(), call.segments())
                        .isTrue());
    }
}
