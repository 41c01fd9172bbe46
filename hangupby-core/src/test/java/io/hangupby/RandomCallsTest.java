package io.hangupby;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.Played.PlayedSegment;
import io.hangupby.simulator.scenarios.CallScript;
import io.hangupby.simulator.scenarios.RandomCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Plays calls that are put together at random, and judges each segment by what the parties did.
 *
 * <p>A call that fails is printed as a script with its number. To play one call again, alone:
 *
 * <pre>{@code
 * -Drandom-calls.seed=1 -Drandom-calls.first=217 -Drandom-calls.calls=1
 * }</pre>
 *
 * To keep a call as a test, paste its script into {@code SteppedBackend.play(…)}.
 */
class RandomCallsTest {
    private static final long SEED = Long.getLong("random-calls.seed", 1);
    private static final int FIRST = Integer.getInteger("random-calls.first", 0);
    private static final int CALLS = Integer.getInteger("random-calls.calls", 300);
    private static final int SHOWN = Integer.getInteger("random-calls.shown", 10);
    private static final double WRONG_BY_API = 0.015;

    @Test
    void with_callbacks_every_segment_is_right_and_nearly_every_segment_if_one_is_lost() {
        Judged whole = new Judged();
        Judged withGap = new Judged();
        play(true, script -> script.toString().contains("losesCallback(") ? withGap : whole);

        assertThat(whole.wrong()).as(whole::report).isZero();
        withGap.assertNearlyAllRight();
    }

    @Test
    void without_callbacks_nearly_every_segment_is_right() {
        Judged judged = new Judged();
        play(false, script -> judged);

        judged.assertNearlyAllRight();
    }

    private static void play(boolean callbacks, Function<CallScript, Judged> judges) {
        RandomCalls calls = RandomCalls.of(SEED);
        try (SteppedBackend backend = new SteppedBackend(callbacks)) {
            for (int number = FIRST; number < FIRST + CALLS; number++) {
                CallScript script = calls.call(number);
                judges.apply(script).add(number, backend.play(script));
            }
        }
    }

    /** All calls of a run. */
    private static final class Judged {
        private final Map<String, List<Integer>> kinds = new TreeMap<>();
        private final List<String> calls = new ArrayList<>();
        private int segments;
        private int wrong;

        void add(int number, Played played) {
            segments += played.segments().size();
            List<PlayedSegment> mistakes = played.segments().stream()
                    .filter(segment -> !segment.isRight())
                    .toList();
            wrong += mistakes.size();
            mistakes.forEach(segment -> kinds.computeIfAbsent(segment.kind(), kind -> new ArrayList<>())
                    .add(number));
            if (!mistakes.isEmpty()) {
                calls.add("call " + number + ": " + played);
            }
        }

        int wrong() {
            return wrong;
        }

        void assertNearlyAllRight() {
            assertThat(wrong).as(this::report).isLessThanOrEqualTo((int) Math.ceil(WRONG_BY_API * segments));
        }

        /** Returns each kind of mistake with the numbers of its calls, and the first calls in full. */
        String report() {
            return wrong + " of " + segments + " segments are not right, seed " + SEED + "\n"
                    + kinds.entrySet().stream()
                            .map(kind -> kind.getKey() + ": calls " + kind.getValue())
                            .collect(Collectors.joining("\n"))
                    + "\n\n" + calls.stream().limit(SHOWN).collect(Collectors.joining("\n"));
        }
    }
}
