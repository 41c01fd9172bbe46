package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HangUpByListenerTest {
    private final List<String> heard = new ArrayList<>();
    private final Outcome outcome = new Outcome(
            Evidence.ended(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, Evidence.AGENT)
                    .build()
                    .segment(),
            new Verdict(Optional.of(EndedBy.AGENT), "agent-left", "the agent hung up", List.of()),
            new WriteResult(WriteResult.Status.WRITTEN, "written"));

    private HangUpByListener named(String name) {
        return new HangUpByListener() {
            @Override
            public void onSegmentEnded(Segment segment) {
                heard.add(name + " hears that " + segment.reservation() + " is undecided");
            }

            @Override
            public void onOutcome(Outcome outcome) {
                heard.add(name + " hears of " + outcome.verdict().rule());
            }

            @Override
            public void onCompared(Outcome outcome, DryRunComparison comparison) {
                heard.add(name + " hears that " + comparison.found().orElse("nothing") + " was found");
            }

            @Override
            public void onParked(TaskRef task, String reason) {
                heard.add(name + " hears that it is parked, " + reason);
            }
        };
    }

    @Test
    void passes_everything_on_in_order() {
        HangUpByListener both = named("first").andThen(named("second"));

        both.onSegmentEnded(outcome.segment());
        both.onOutcome(outcome);
        both.onCompared(outcome, new DryRunComparison(Optional.of("agent"), Optional.of("Agent")));
        both.onParked(Evidence.TASK, "no access");

        assertThat(heard)
                .containsExactly(
                        "first hears that " + outcome.segment().reservation() + " is undecided",
                        "second hears that " + outcome.segment().reservation() + " is undecided",
                        "first hears of agent-left",
                        "second hears of agent-left",
                        "first hears that Agent was found",
                        "second hears that Agent was found",
                        "first hears that it is parked, no access",
                        "second hears that it is parked, no access");
    }

    @Test
    void a_listener_can_implement_no_method() {
        HangUpByListener.NOOP.andThen(named("second")).onOutcome(outcome);
        HangUpByListener.NOOP.onParked(Evidence.TASK, "no access");

        assertThat(heard).containsExactly("second hears of agent-left");
    }
}
