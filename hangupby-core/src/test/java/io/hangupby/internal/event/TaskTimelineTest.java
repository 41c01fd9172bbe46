package io.hangupby.internal.event;

import static io.hangupby.internal.event.EventType.RESERVATION_ACCEPTED;
import static io.hangupby.internal.event.EventType.RESERVATION_CANCELED;
import static io.hangupby.internal.event.EventType.RESERVATION_COMPLETED;
import static io.hangupby.internal.event.EventType.RESERVATION_CREATED;
import static io.hangupby.internal.event.EventType.RESERVATION_WRAPUP;
import static io.hangupby.internal.event.EventType.TASK_COMPLETED;
import static io.hangupby.internal.event.EventType.TASK_CREATED;
import static io.hangupby.internal.event.EventType.TASK_WRAPUP;
import static io.hangupby.internal.event.Events.A;
import static io.hangupby.internal.event.Events.B;
import static io.hangupby.internal.event.Events.BROWSER;
import static io.hangupby.internal.event.Events.TASK;
import static io.hangupby.internal.event.Events.WORKER;
import static io.hangupby.internal.event.Events.at;
import static io.hangupby.internal.event.Events.event;
import static io.hangupby.internal.event.Events.known;
import static io.hangupby.internal.event.Events.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Address;
import io.hangupby.call.Segment;
import io.hangupby.call.WorkerSid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The order of events, and the segments that follow from them. */
class TaskTimelineTest {
    /** A segment, whenever its agent accepted. */
    private static Segment over(Instant left, boolean completed) {
        return new Segment(TASK, A, Optional.empty(), Optional.empty(), Optional.empty(), left, completed);
    }

    @Nested
    class WhenAnEventArrives {
        private final List<TaskRouterEvent> call = List.of(
                event(TASK_CREATED, 0),
                event(RESERVATION_CREATED, A, 1),
                event(RESERVATION_ACCEPTED, A, 2),
                event(RESERVATION_WRAPUP, A, 3),
                event(TASK_WRAPUP, 4),
                event(RESERVATION_COMPLETED, A, 5),
                event(TASK_COMPLETED, 6));

        @Test
        void an_agents_completion_has_its_time() {
            assertThat(timeline(call).completedAt(A)).contains(at(5));
            assertThat(timeline(call.subList(0, 5)).completedAt(A)).isEmpty();
            assertThat(timeline(call).completedAt(B)).isEmpty();
        }

        @Test
        void events_are_in_order_of_time_for_any_order_of_arrival() {
            TaskTimeline inOrder = timeline(call);
            Random random = new Random(7);

            for (int i = 0; i < 200; i++) {
                List<TaskRouterEvent> shuffled = new ArrayList<>(call);
                Collections.shuffle(shuffled, random);
                assertThat(timeline(shuffled)).isEqualTo(inOrder);
            }
            assertThat(inOrder.events()).isEqualTo(call);
        }

        @Test
        void a_repeated_event_changes_nothing() {
            TaskTimeline once = timeline(call);

            for (TaskRouterEvent event : call) {
                assertThat(once.knows(event)).isTrue();
                assertThat(once.with(event)).isSameAs(once);
            }
        }

        @Test
        void an_event_from_a_second_source_is_the_same_event_despite_other_fields() {
            TaskTimeline once = timeline(event(RESERVATION_WRAPUP, A, 3));

            assertThat(once.with(known(RESERVATION_WRAPUP, 3, WORKER, BROWSER))).isSameAs(once);
        }

        @Test
        void an_event_differs_by_time_type_or_reservation() {
            TaskTimeline once = timeline(event(RESERVATION_WRAPUP, A, 3), event(TASK_CREATED, 0));

            assertThat(once.knows(event(RESERVATION_WRAPUP, A, 4))).isFalse();
            assertThat(once.knows(event(RESERVATION_WRAPUP, B, 3))).isFalse();
            assertThat(once.knows(event(RESERVATION_COMPLETED, A, 3))).isFalse();
            assertThat(once.knows(event(TASK_WRAPUP, 0))).isFalse();
            assertThat(once.with(event(RESERVATION_WRAPUP, B, 3)).events()).hasSize(3);
        }

        @Test
        void adding_an_event_leaves_the_earlier_timeline_unchanged() {
            TaskTimeline before = timeline(event(TASK_CREATED, 0));

            before.with(event(TASK_WRAPUP, 4));

            assertThat(before.events()).containsExactly(event(TASK_CREATED, 0));
        }
    }

    @Nested
    class WhenAnAgentWrapsUp {

        @Test
        void a_segment_ends_at_the_agents_wrap_up() {
            assertThat(timeline(event(RESERVATION_ACCEPTED, A, 2), event(RESERVATION_WRAPUP, A, 3))
                            .segments())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("accepted")
                    .containsExactly(over(at(3), false));
        }

        @Test
        void the_first_of_two_wrap_ups_counts() {
            assertThat(timeline(event(RESERVATION_WRAPUP, A, 9), event(RESERVATION_WRAPUP, A, 3))
                            .segments())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("accepted")
                    .containsExactly(over(at(3), false));
        }

        @Test
        void an_agents_own_wrap_up_overrides_the_tasks_wrap_up() {
            assertThat(timeline(
                                    event(TASK_WRAPUP, 1),
                                    event(RESERVATION_ACCEPTED, A, 0),
                                    event(RESERVATION_WRAPUP, A, 3))
                            .segments())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("accepted")
                    .containsExactly(over(at(3), false));
        }

        @Test
        void a_completed_reservation_makes_a_completed_segment() {
            assertThat(timeline(event(RESERVATION_WRAPUP, A, 3), event(RESERVATION_COMPLETED, A, 9))
                            .segments())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("accepted")
                    .containsExactly(over(at(3), true));
        }

        @Test
        void worker_and_device_are_those_of_the_latest_event() {
            WorkerSid earlier = new WorkerSid("WK" + "e".repeat(32));
            Address desk = new Address("sip:ada@example.com");

            assertThat(timeline(
                                    known(RESERVATION_WRAPUP, 3, WORKER, BROWSER),
                                    known(RESERVATION_ACCEPTED, 2, earlier, desk),
                                    event(RESERVATION_COMPLETED, A, 9))
                            .segments())
                    .containsExactly(new Segment(
                            TASK, A, Optional.of(WORKER), Optional.of(BROWSER), Optional.of(at(2)), at(3), true));
        }

        @Test
        void segments_are_in_the_order_in_which_agents_were_invited() {
            assertThat(timeline(
                                    event(RESERVATION_WRAPUP, B, 3),
                                    event(RESERVATION_CREATED, B, 2),
                                    event(RESERVATION_WRAPUP, A, 5),
                                    event(RESERVATION_CREATED, A, 1))
                            .segments())
                    .extracting(Segment::reservation)
                    .containsExactly(A, B);
        }
    }

    @Nested
    class WhenOnlyTheTaskWrapsUp {

        @Test
        void a_tasks_wrap_up_counts_for_the_only_agent_who_is_left() {
            assertThat(timeline(event(RESERVATION_ACCEPTED, A, 2), event(TASK_WRAPUP, 4))
                            .segments())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("accepted")
                    .containsExactly(over(at(4), false));
        }

        @Test
        void a_tasks_wrap_up_counts_for_an_agent_whose_acceptance_is_not_known() {
            assertThat(timeline(event(RESERVATION_CREATED, A, 1), event(TASK_WRAPUP, 4))
                            .segments())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("accepted")
                    .containsExactly(over(at(4), false));
        }

        @Test
        void a_tasks_wrap_up_counts_for_an_agent_who_completed_later() {
            assertThat(timeline(
                                    event(RESERVATION_ACCEPTED, A, 2),
                                    event(TASK_WRAPUP, 4),
                                    event(RESERVATION_COMPLETED, A, 9))
                            .segments())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("accepted")
                    .containsExactly(over(at(4), true));
            assertThat(timeline(
                                    event(RESERVATION_ACCEPTED, A, 2),
                                    event(TASK_WRAPUP, 4),
                                    event(RESERVATION_COMPLETED, A, 4))
                            .segments())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("accepted")
                    .containsExactly(over(at(4), true));
        }

        @Test
        void a_tasks_wrap_up_does_not_count_for_an_agent_who_completed_before() {
            assertThat(timeline(
                                    event(RESERVATION_ACCEPTED, A, 2),
                                    event(RESERVATION_COMPLETED, A, 3),
                                    event(TASK_WRAPUP, 4))
                            .segments())
                    .isEmpty();
        }

        @ParameterizedTest
        @EnumSource(
                names = {
                    "RESERVATION_REJECTED",
                    "RESERVATION_TIMEOUT",
                    "RESERVATION_CANCELED",
                    "RESERVATION_RESCINDED",
                    "RESERVATION_FAILED"
                })
        void a_tasks_wrap_up_does_not_count_for_an_agent_who_never_accepted(EventType refused) {
            TaskTimeline timeline = timeline(
                    event(RESERVATION_CREATED, B, 0),
                    event(refused, B, 1),
                    event(RESERVATION_CREATED, A, 2),
                    event(TASK_WRAPUP, 4));

            assertThat(timeline.segments())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("accepted")
                    .containsExactly(over(at(4), false));
        }

        @Test
        void a_tasks_wrap_up_does_not_count_for_a_reservation_that_was_withdrawn_later() {
            TaskTimeline timeline = timeline(
                    event(RESERVATION_CREATED, B, 0), event(TASK_WRAPUP, 4), event(RESERVATION_CANCELED, B, 5));

            assertThat(timeline.segments()).isEmpty();
        }

        @Test
        void a_tasks_wrap_up_counts_for_the_agent_who_accepted() {
            assertThat(timeline(
                                    event(RESERVATION_CREATED, B, 0),
                                    event(RESERVATION_ACCEPTED, A, 2),
                                    event(TASK_WRAPUP, 4))
                            .segments())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("accepted")
                    .containsExactly(over(at(4), false));
        }

        @Test
        void a_tasks_wrap_up_counts_for_no_agent_if_two_are_left() {
            assertThat(timeline(
                                    event(RESERVATION_ACCEPTED, A, 1),
                                    event(RESERVATION_ACCEPTED, B, 2),
                                    event(TASK_WRAPUP, 4))
                            .segments())
                    .isEmpty();
            assertThat(timeline(
                                    event(RESERVATION_CREATED, A, 1),
                                    event(RESERVATION_CREATED, B, 2),
                                    event(TASK_WRAPUP, 4))
                            .segments())
                    .isEmpty();
        }

        @Test
        void a_tasks_wrap_up_counts_for_the_agent_who_has_not_wrapped_up() {
            assertThat(timeline(
                                    event(RESERVATION_ACCEPTED, B, 1),
                                    event(RESERVATION_WRAPUP, B, 2),
                                    event(RESERVATION_ACCEPTED, A, 3),
                                    event(TASK_WRAPUP, 4))
                            .segments())
                    .extracting(Segment::left)
                    .containsExactly(at(2), at(4));
        }

        @Test
        void a_tasks_wrap_up_does_not_count_for_an_invited_agent_if_another_accepted() {
            assertThat(timeline(
                                    event(RESERVATION_ACCEPTED, A, 1),
                                    event(RESERVATION_CREATED, B, 2),
                                    event(RESERVATION_WRAPUP, A, 3),
                                    event(TASK_WRAPUP, 4))
                            .segments())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("accepted")
                    .containsExactly(over(at(3), false));
        }

        @Test
        void an_agents_late_wrap_up_replaces_the_tasks_wrap_up() {
            assertThat(timeline(
                                    event(RESERVATION_ACCEPTED, A, 1),
                                    event(TASK_WRAPUP, 4000),
                                    event(RESERVATION_WRAPUP, A, 2000))
                            .segments())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("accepted")
                    .containsExactly(over(at(2000), false));
        }
    }

    @Nested
    class MissingReservation {

        @Test
        void a_task_in_wrap_up_without_an_agent_misses_its_reservation() {
            assertThat(timeline(event(TASK_CREATED, 0), event(TASK_WRAPUP, 4)).missesItsReservation())
                    .isTrue();
        }

        @Test
        void an_open_task_or_a_task_with_an_agent_misses_no_reservation() {
            assertThat(timeline().missesItsReservation()).isFalse();
            assertThat(timeline(event(TASK_CREATED, 0)).missesItsReservation()).isFalse();
            assertThat(timeline(event(RESERVATION_CREATED, A, 1), event(TASK_WRAPUP, 4))
                            .missesItsReservation())
                    .isFalse();
        }
    }
}
