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
    private final List<String> received = new ArrayList<>();
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
                received.add(name + " receives that " + segment.reservation() + " is undecided");
            }

            @Override
            public void onOutcome(Outcome outcome) {
                received.add(name + " receives " + outcome.verdict().rule());
            }

            @Override
            public void onCollision(Outcome outcome) {
                received.add(name + " receives a collision");
            }

            @Override
            public void onCompleted(Outcome outcome) {
                received.add(name + " receives a completion");
            }

            @Override
            public void onAudited(Outcome outcome) {
                received.add(name + " receives an audit");
            }

            @Override
            public void onCompared(Outcome outcome, DryRunComparison comparison) {
                received.add(name + " receives that " + comparison.found().orElse("nothing") + " was found");
            }

            @Override
            public void onParked(TaskRef task, String reason) {
                received.add(name + " receives that it is parked, " + reason);
            }
        };
    }

    @Test
    void passes_everything_on_in_order() {
        HangUpByListener both = named("first").andThen(named("second"));

        both.onSegmentEnded(outcome.segment());
        both.onOutcome(outcome);
        both.onCollision(outcome);
        both.onCompleted(outcome);
        both.onAudited(outcome);
        both.onCompared(outcome, new DryRunComparison(Optional.of("agent"), Optional.of("Agent")));
        both.onParked(Evidence.TASK, "no access");

        assertThat(received)
                .containsExactly(
                        "first receives that " + outcome.segment().reservation() + " is undecided",
                        "second receives that " + outcome.segment().reservation() + " is undecided",
                        "first receives agent-left",
                        "second receives agent-left",
                        "first receives a collision",
                        "second receives a collision",
                        "first receives a completion",
                        "second receives a completion",
                        "first receives an audit",
                        "second receives an audit",
                        "first receives that Agent was found",
                        "second receives that Agent was found",
                        "first receives that it is parked, no access",
                        "second receives that it is parked, no access");
    }

    @Test
    void a_listener_can_implement_no_method() {
        HangUpByListener.NOOP.andThen(named("second")).onOutcome(outcome);
        HangUpByListener.NOOP.onParked(Evidence.TASK, "no access");

        assertThat(received).containsExactly("second receives agent-left");
    }
}
