package io.hangupby.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.SimulatedTask;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A plugin, a CRM or Studio writes into the task, at every moment of a call that there is, once or time and again: it keeps
 * what it wrote, and so do we.
 */
@Timeout(120)
class OtherWritersTest {
    private static final Duration A_WHILE = Duration.ofMinutes(1);
    private static final String[] COUNT = {"crm", "count"};

    private final SteppedCentre centre = new SteppedCentre(Duration.ofSeconds(20));
    private final PlayedCall.Cast cast = new PlayedCall.Cast(centre.twilio());

    @AfterEach
    void close() {
        centre.close();
    }

    /** What another writer sets: something of its own, or something beside our value. */
    private enum Theirs {
        APART("crm", "note"),
        BESIDE_OURS("conversations", "outcome");

        private final String[] path;

        Theirs(String... path) {
            this.path = path;
        }
    }

    @TestFactory
    Stream<DynamicTest> one_who_writes_before_any_request_of_ours_keeps_its_change() {
        return Arrays.stream(PlayedCall.values()).flatMap(story -> {
            int requests = requests(story);
            return Arrays.stream(Theirs.values())
                    .flatMap(theirs -> IntStream.rangeClosed(1, requests)
                            .mapToObj(number -> DynamicTest.dynamicTest(
                                    "%s, %s, before request %d of %d".formatted(story, theirs, number, requests),
                                    () -> writesOnce(story, theirs, number))));
        });
    }

    private int requests(PlayedCall story) {
        AtomicInteger requests = new AtomicInteger();
        play(
                story,
                (call, lookedAfter) -> {},
                (call, lookedAfter) -> requests.set(centre.twilio().counters().totalOfTask(call.taskSid())));
        assertThat(requests).hasPositiveValue();
        return requests.get();
    }

    private void writesOnce(PlayedCall story, Theirs theirs, int number) {
        play(
                story,
                (call, lookedAfter) -> call.task().editBeforeCall(number, "\"theirs\"", theirs.path),
                (call, lookedAfter) -> {
                    assertThat(TaskAttributes.of(call.task().attributes()).string(theirs.path))
                            .contains("theirs");
                    assertThat(lookedAfter.writes()).hasSize(story.updates());
                });
    }

    @ParameterizedTest
    @EnumSource
    void one_who_writes_nine_times_in_a_row_keeps_its_last_change(PlayedCall story) {
        play(
                story,
                (call, lookedAfter) -> counts(call.task(), 9),
                (call, lookedAfter) -> assertNoneIsLost(call.task()));
    }

    @ParameterizedTest
    @EnumSource
    void one_who_writes_without_end_for_a_while_keeps_its_last_change(PlayedCall story) {
        play(
                story,
                (call, lookedAfter) -> {
                    counts(call.task(), Integer.MAX_VALUE);
                    lookedAfter.after(A_WHILE, () -> counts(call.task(), 0));
                },
                (call, lookedAfter) -> assertNoneIsLost(call.task()));
    }

    private void play(
            PlayedCall story,
            BiConsumer<SimulatedCall, SteppedCentre.LookedAfter> trouble,
            BiConsumer<SimulatedCall, SteppedCentre.LookedAfter> then) {
        SimulatedCall call = story.begins(cast);
        try (SteppedCentre.LookedAfter lookedAfter = centre.lookAfter(call)) {
            trouble.accept(call, lookedAfter);
            story.goesOn(cast, call, lookedAfter);

            call.expectedOutcomes()
                    .forEach((reservation, ending) ->
                            assertThat(call.hangUpByAtCompletion(reservation)).isEqualTo(ending.hangUpBy()));
            lookedAfter.assertNothingElseChanged();
            assertThat(lookedAfter.parked()).isEmpty();
            then.accept(call, lookedAfter);
        }
    }

    /** One who counts in the task after each of our reads, so that each write meets a version that it was not made for. */
    private static void counts(SimulatedTask task, int reads) {
        task.editAfterReads(reads, OtherWritersTest::oneMore);
    }

    private static String oneMore(String text) {
        TaskAttributes attributes = TaskAttributes.of(text);
        int count = attributes.string(COUNT).map(Integer::parseInt).orElse(0);
        return attributes
                .set(String.valueOf(count + 1), COUNT)
                .match(edited -> edited.attributes().text(), unchanged -> text, refused -> "refused");
    }

    /** Without us, all of what was counted would be there. */
    private static void assertNoneIsLost(SimulatedTask task) {
        Optional<String> counted = TaskAttributes.of(task.baseline()).string(COUNT);
        assertThat(counted).isPresent();
        assertThat(TaskAttributes.of(task.attributes()).string(COUNT)).isEqualTo(counted);
    }
}
