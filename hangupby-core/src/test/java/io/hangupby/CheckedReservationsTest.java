package io.hangupby;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.check.CheckReport.Line;
import io.hangupby.check.CheckReport.Status;
import io.hangupby.simulator.CallOptions;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.Agent;
import io.hangupby.testing.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CheckedReservationsTest {
    private final HandClock clock = new HandClock(Instant.parse("2026-01-05T08:00:00Z"));

    @Test
    void with_marks_and_time_in_wrap_up_are_ok() {
        try (CheckedSetup setup = setup(UnaryOperator.identity())) {
            setup.completedCalls(12, CallOptions.defaults(), true, clock, Duration.ofSeconds(15));

            assertThat(setup.check().lines())
                    .allSatisfy(line ->
                            assertThat(line.status()).as(line.toString()).isEqualTo(Status.OK));
            assertThat(setup.line("wrap-up-time").seen())
                    .isEqualTo(
                            "The time from wrap-up to completion was 15 s in the median of 12 reservations, 15 s at least.");
            assertThat(setup.line("markers").seen())
                    .startsWith("12 of the latest 12 reservations have a plugin's mark");
        }
    }

    @Test
    void without_wrap_up_are_too_short_to_write_in() {
        try (CheckedSetup setup = setup(UnaryOperator.identity())) {
            setup.completedCalls(12, CallOptions.defaults(), true, clock, Duration.ofMillis(800));
            Line line = setup.line("wrap-up-time");

            assertThat(line.status()).isEqualTo(Status.WRONG);
            assertThat(line.seen()).contains("0.8 s in the median of 12 reservations", "values come too late");
            assertThat(line.remedy()).contains("10 s after the wrap-up");
        }
    }

    @Test
    void with_short_wrap_ups_are_a_warning() {
        try (CheckedSetup setup = setup(UnaryOperator.identity())) {
            setup.completedCalls(12, CallOptions.defaults(), true, clock, Duration.ofSeconds(5));

            assertThat(setup.line("wrap-up-time").status()).isEqualTo(Status.WARN);
        }
    }

    @Test
    void without_any_mark_show_that_no_plugin_is_installed() {
        try (CheckedSetup setup = setup(UnaryOperator.identity())) {
            setup.completedCalls(12, CallOptions.defaults(), false, clock, Duration.ofSeconds(15));
            Line line = setup.line("markers");

            assertThat(line.status()).as(line.toString()).isEqualTo(Status.WARN);
            assertThat(line.remedy()).contains("hangupby.agent-marker=none");
        }
    }

    @Test
    void with_marks_show_that_a_plugin_is_installed() {
        try (CheckedSetup setup = setup(builder -> builder.agentMarker(AgentMarker.NONE))) {
            setup.completedCalls(1, CallOptions.defaults(), true, clock, Duration.ofSeconds(15));
            Line line = setup.line("markers");

            assertThat(line.status()).as(line.toString()).isEqualTo(Status.WARN);
            assertThat(line.remedy()).isEqualTo("hangupby.agent-marker=plugin");
        }
    }

    @Test
    void with_values_of_hangupbys_own_show_no_plugin() {
        try (CheckedSetup setup = setup(builder -> builder.agentMarker(AgentMarker.NONE))) {
            completedWith(setup, "\"agent\"");
            Line line = setup.line("markers");

            assertThat(line.status()).as(line.toString()).isEqualTo(Status.OK);
            assertThat(line.seen())
                    .isEqualTo("None of the latest 1 reservations has a plugin's mark; hangupby.agent-marker=none.");
        }
    }

    @Test
    void with_values_of_another_program_show_its_spelling_and_no_data() {
        try (CheckedSetup setup = setup(UnaryOperator.identity())) {
            completedWith(setup, "\"Customer\"");
            completedWith(setup, "\"call +14155550100 back, canary\"");
            Line line = setup.line("values");

            assertThat(line.status()).as(line.toString()).isEqualTo(Status.WARN);
            assertThat(line.seen()).contains("\"(not shown)\" (1), \"Customer\" (1)", "only in spelling");
            assertThat(line.remedy())
                    .contains("hangupby.vocabulary.style=title", "hangupby.agent-marker-values=<text>");
            assertThat(setup.check().toJson()).doesNotContain("415555", "canary");
        }
    }

    @Test
    void without_a_conference_are_a_warning() {
        try (CheckedSetup setup = setup(UnaryOperator.identity())) {
            setup.completedCalls(10, CallOptions.builder().dequeued().build(), true, clock, Duration.ofSeconds(15));

            assertThat(setup.line("conferences").status()).isEqualTo(Status.WARN);
        }
    }

    private void completedWith(CheckedSetup setup, String rawValue) {
        Agent ada = setup.twilio().browserAgent("Ada");
        SimulatedCall call = setup.twilio().inboundCall().accepts(ada);
        call.customerHangsUp();
        setup.twilio().task(call.taskSid()).edit(rawValue, "conversations", "hang_up_by");
        clock.step(Duration.ofSeconds(15));
        call.completes(ada);
    }

    private CheckedSetup setup(UnaryOperator<HangUpByBuilder> settings) {
        return new CheckedSetup(clock, builder -> settings.apply(builder.clock(clock)));
    }
}
