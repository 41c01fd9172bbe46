package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.hangupby.decision.DryRunComparison;
import io.hangupby.decision.DryRunReport;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.Agent;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls in a dry run, over real HTTP, while another program writes who hung up. */
class DryRunTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private CallCentre centre;
    private Agent ann;
    private Agent bob;

    @BeforeEach
    void open() throws Exception {
        centre = new CallCentre(settings -> settings.dryRun(true));
        ann = centre.twilio().browserAgent("Ann");
        bob = centre.twilio().browserAgent("Bob");
    }

    @AfterEach
    void close() {
        centre.close();
    }

    private static Map<DryRunComparison, Long> once(Optional<String> computed, Optional<String> found) {
        return Map.of(new DryRunComparison(computed, found), 1L);
    }

    /** When the other program writes, relative to hangupby. */
    private enum Theirs {
        NEVER(call -> {}, call -> {}, Optional.empty()),
        WHILE_THEY_TALK(call -> write(call, "agent"), call -> {}, Optional.of("agent")),
        BEFORE_OUR_READ(
                call -> call.task().editBeforeCall(2, "\"disconnect\"", "conversations", "hang_up_by"),
                call -> {},
                Optional.of("disconnect")),
        AFTER_OUR_VERDICT(call -> {}, call -> write(call, "Customer"), Optional.of("Customer")),
        BEFORE_AND_AFTER_IT(call -> write(call, "agent"), call -> write(call, "disconnect"), Optional.of("disconnect")),
        THE_SAME_AS_OURS(call -> {}, call -> write(call, "customer"), Optional.of("customer"));

        private final Consumer<SimulatedCall> early;
        private final Consumer<SimulatedCall> late;
        private final Optional<String> stood;

        Theirs(Consumer<SimulatedCall> early, Consumer<SimulatedCall> late, Optional<String> stood) {
            this.early = early;
            this.late = late;
            this.stood = stood;
        }

        private static void write(SimulatedCall call, String value) {
            call.task().edit("\"" + value + "\"", "conversations", "hang_up_by");
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_comparison_has_the_value_at_the_agents_completion(Theirs theirs) {
        SimulatedCall call = centre.twilio().inboundCall().waitsInQueue().accepts(ann);
        theirs.early.accept(call);
        call.customerHangsUp();
        centre.awaitOutcomes(call, 1);
        theirs.late.accept(call);
        call.completes(ann);
        centre.awaitCompared(call, 1);

        assertThat(call.hangUpByAtCompletion(call.reservationSid(ann))).isEqualTo(theirs.stood);
        assertThat(report().rules())
                .containsExactly(entry("customer-left", once(Optional.of("customer"), theirs.stood)));
        assertThat(call.task().writes()).isEmpty();
    }

    @Test
    void a_segment_is_compared_once() {
        SimulatedCall call =
                centre.twilio().inboundCall().waitsInQueue().accepts(ann).customerHangsUp();
        centre.awaitOutcomes(call, 1);
        call.completes(ann);
        centre.awaitCompared(call, 1);

        Theirs.write(call, "too late");
        call.repeats("reservation.completed");
        call.repeats("task.completed");
        centre.twilio().delivery().awaitQuiet(SOON);
        centre.awaitNothingDue();

        assertThat(report().compared()).isEqualTo(1);
        assertThat(report().rules())
                .containsExactly(entry("customer-left", once(Optional.of("customer"), Optional.empty())));
    }

    @Test
    void each_agent_of_a_transfer_is_compared_with_the_value_for_that_agent() {
        SimulatedCall call = centre.twilio()
                .inboundCall()
                .waitsInQueue()
                .accepts(ann)
                .startsColdTransfer(ann, bob)
                .agentLeaves(ann);
        centre.awaitOutcomes(call, 1);
        call.accepts(bob).completes(ann);
        centre.awaitCompared(call, 1);
        call.agentCrashes(bob);
        centre.awaitOutcomes(call, 2);
        Theirs.write(call, "disconnect");
        call.completes(bob);
        centre.awaitCompared(call, 2);

        assertThat(report().rules())
                .containsExactly(
                        entry("agent-left", once(Optional.of("disconnect"), Optional.of("disconnect"))),
                        entry("cold-transfer", once(Optional.of("cold transfer"), Optional.empty())));
        assertThat(centre.hangUpBy().status().collisions()).isZero();
    }

    @Test
    void a_value_that_is_read_too_late_is_not_compared() {
        SimulatedCall call =
                centre.twilio().inboundCall().waitsInQueue().accepts(ann).customerHangsUp();
        centre.awaitOutcomes(call, 1);
        call.task().delete();
        call.completes(ann);
        centre.twilio().delivery().awaitQuiet(SOON);
        centre.awaitNothingDue();

        assertThat(report().rules()).isEmpty();
        assertThat(report().notCompared()).isEqualTo(1);
    }

    private DryRunReport report() {
        return centre.hangUpBy().dryRunReport();
    }
}
