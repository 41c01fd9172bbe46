package io.hangupby.internal.event;

import static io.hangupby.internal.event.EventType.RESERVATION_ACCEPTED;
import static io.hangupby.internal.event.EventType.RESERVATION_COMPLETED;
import static io.hangupby.internal.event.EventType.RESERVATION_CREATED;
import static io.hangupby.internal.event.EventType.RESERVATION_REJECTED;
import static io.hangupby.internal.event.EventType.RESERVATION_WRAPUP;
import static io.hangupby.internal.event.EventType.TASK_COMPLETED;
import static io.hangupby.internal.event.EventType.TASK_CREATED;
import static io.hangupby.internal.event.EventType.TASK_WRAPUP;
import static io.hangupby.internal.event.EventType.TRANSFER_FAILED;
import static io.hangupby.internal.event.EventType.TRANSFER_INITIATED;
import static io.hangupby.internal.event.Events.A;
import static io.hangupby.internal.event.Events.B;
import static io.hangupby.internal.event.Events.ROOM;
import static io.hangupby.internal.event.Events.START;
import static io.hangupby.internal.event.Events.TASK;
import static io.hangupby.internal.event.Events.at;
import static io.hangupby.internal.event.Events.event;
import static io.hangupby.internal.event.Events.in;
import static io.hangupby.internal.event.Events.timeline;
import static io.hangupby.internal.event.Events.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Participant;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import io.hangupby.call.Transfer.Mode;
import io.hangupby.internal.event.ConferenceEvent.LegSeen;
import io.hangupby.internal.event.ConferenceEvent.Origin;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a task is finished or lives on, and what is kept of a very long one. */
class TaskTimelineStateTest {
    @Nested
    class Finished {

        @ParameterizedTest
        @EnumSource(names = {"TASK_COMPLETED", "TASK_CANCELED", "TASK_DELETED", "TASK_SYSTEM_DELETED"})
        void a_task_is_finished_when_it_ends(EventType end) {
            assertThat(timeline(event(RESERVATION_ACCEPTED, A, 1), event(end, 9))
                            .finished())
                    .isTrue();
        }

        @ParameterizedTest
        @EnumSource(
                mode = EnumSource.Mode.EXCLUDE,
                names = {
                    "TASK_COMPLETED",
                    "TASK_CANCELED",
                    "TASK_DELETED",
                    "TASK_SYSTEM_DELETED",
                    "RESERVATION_COMPLETED",
                    "OTHER"
                })
        void a_task_is_not_finished_by_any_other_event(EventType type) {
            assertThat(timeline(type.isReservation() ? event(type, A, 1) : event(type, 1))
                            .finished())
                    .isFalse();
        }

        @Test
        void a_task_is_finished_once_the_only_agent_has_completed() {
            assertThat(timeline(event(RESERVATION_WRAPUP, A, 3), event(RESERVATION_COMPLETED, A, 9))
                            .finished())
                    .isTrue();
        }

        @Test
        void a_task_is_finished_once_an_agent_has_completed_and_the_others_have_rejected() {
            assertThat(timeline(event(RESERVATION_REJECTED, B, 1), event(RESERVATION_COMPLETED, A, 9))
                            .finished())
                    .isTrue();
        }

        @Test
        void a_task_is_not_finished_while_another_agent_is_invited_or_talks() {
            assertThat(timeline(event(RESERVATION_COMPLETED, A, 9), event(RESERVATION_CREATED, B, 10))
                            .finished())
                    .isFalse();
        }

        @Test
        void a_task_is_not_finished_if_all_agents_have_rejected() {
            assertThat(timeline(event(RESERVATION_REJECTED, A, 1), event(RESERVATION_REJECTED, B, 2))
                            .finished())
                    .isFalse();
        }

        @Test
        void a_task_with_a_transfer_is_not_finished_before_it_ends() {
            List<TaskRouterEvent> handedOn = List.of(
                    event(TRANSFER_INITIATED, 2), event(RESERVATION_WRAPUP, A, 3), event(RESERVATION_COMPLETED, A, 9));

            assertThat(timeline(handedOn).finished()).isFalse();
            assertThat(timeline(handedOn).with(event(TASK_COMPLETED, 20)).finished())
                    .isTrue();
        }
    }

    @Nested
    class Queries {

        @Test
        void the_conference_is_that_of_the_latest_event() {
            ConferenceSid later = new ConferenceSid("CF" + "1".repeat(32));

            assertThat(timeline(in(TASK_WRAPUP, 4, later), in(TASK_CREATED, 1, ROOM), event(TASK_COMPLETED, 9))
                            .conference())
                    .contains(later);
            assertThat(timeline(event(TASK_WRAPUP, 4)).conference()).isEmpty();
        }

        @Test
        void a_reservations_event_can_name_the_conference() {
            ReservationEvent wrapUp = new ReservationEvent(
                    RESERVATION_WRAPUP, TASK, at(3), A, Optional.empty(), Optional.empty(), Optional.of(ROOM));

            assertThat(timeline(wrapUp).conference()).contains(ROOM);
        }

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "TRANSFER_.*")
        void any_event_of_a_transfer_counts_as_a_transfer(EventType type) {
            assertThat(timeline(event(TASK_CREATED, 0), event(type, 1)).hasTransfer())
                    .isTrue();
        }

        @Test
        void a_task_without_transfer_events_has_no_transfer() {
            assertThat(timeline(event(TASK_CREATED, 0), event(RESERVATION_ACCEPTED, A, 1))
                            .hasTransfer())
                    .isFalse();
        }
    }

    @Nested
    class LivesOn {
        private final TaskTimeline handedOn = timeline(
                event(RESERVATION_ACCEPTED, A, 1),
                transfer(TRANSFER_INITIATED, 2, A, Mode.COLD),
                event(RESERVATION_WRAPUP, A, 3),
                event(RESERVATION_COMPLETED, A, 9));

        @Test
        void a_task_lives_on_while_an_agent_talks_or_is_invited() {
            assertThat(timeline(event(RESERVATION_ACCEPTED, A, 1)).livesOn()).isTrue();
            assertThat(timeline(event(RESERVATION_CREATED, A, 1)).livesOn()).isTrue();
        }

        @Test
        void a_task_does_not_live_on_with_the_last_agent_in_wrap_up() {
            assertThat(timeline(event(RESERVATION_ACCEPTED, A, 1), event(RESERVATION_WRAPUP, A, 3))
                            .livesOn())
                    .isFalse();
        }

        @Test
        void a_task_lives_on_while_a_transfer_is_active() {
            assertThat(handedOn.livesOn()).isTrue();
            assertThat(handedOn.with(event(RESERVATION_CREATED, B, 10))
                            .with(event(RESERVATION_REJECTED, B, 11))
                            .livesOn())
                    .isTrue();
        }

        @Test
        void a_task_does_not_live_on_once_the_transfer_has_failed() {
            assertThat(handedOn.with(transfer(TRANSFER_FAILED, 10, A, Mode.COLD))
                            .livesOn())
                    .isFalse();
        }

        @Test
        void a_task_does_not_live_on_once_the_agent_who_accepted_the_transfer_has_left() {
            TaskTimeline taken =
                    handedOn.with(event(RESERVATION_CREATED, B, 10)).with(event(RESERVATION_ACCEPTED, B, 11));

            assertThat(taken.livesOn()).isTrue();
            assertThat(taken.with(event(RESERVATION_WRAPUP, B, 12)).livesOn()).isFalse();
        }

        @ParameterizedTest
        @EnumSource(names = {"TASK_COMPLETED", "TASK_CANCELED", "TASK_DELETED", "TASK_SYSTEM_DELETED"})
        void a_task_does_not_live_on_after_its_end(EventType end) {
            assertThat(handedOn.with(event(end, 20)).livesOn()).isFalse();
        }
    }

    @Nested
    class BeyondTheBound {
        private TaskTimeline timeline = timeline(event(TASK_CREATED, 0), event(RESERVATION_ACCEPTED, A, 1));

        private void add(int count, IntFunction<CallEvent> event) {
            for (int i = 0; i < count; i++) {
                timeline = timeline.with(event.apply(i));
            }
        }

        private ReservationSid other(int number) {
            return new ReservationSid(String.format("WR%032x", number));
        }

        @Test
        void events_of_agents_who_never_accepted_are_dropped_first() {
            add(600, i -> event(i % 2 == 0 ? RESERVATION_CREATED : RESERVATION_REJECTED, other(i / 2), 2 + i));
            timeline = timeline.with(event(RESERVATION_WRAPUP, A, 1000));

            assertThat(timeline.events())
                    .hasSize(TaskTimeline.MOST_EVENTS)
                    .contains(event(TASK_CREATED, 0), event(RESERVATION_ACCEPTED, A, 1))
                    .contains(event(RESERVATION_WRAPUP, A, 1000));
            assertThat(timeline.segments()).extracting(Segment::reservation).containsExactly(A);
        }

        @Test
        void events_of_the_oldest_transfers_are_dropped_next() {
            add(300, i -> event(TRANSFER_INITIATED, 2 + i));

            assertThat(timeline.events())
                    .hasSize(TaskTimeline.MOST_EVENTS)
                    .contains(event(RESERVATION_ACCEPTED, A, 1), event(TRANSFER_INITIATED, 301))
                    .doesNotContain(event(TRANSFER_INITIATED, 2));
        }

        @Test
        void wrap_ups_are_dropped_last() {
            add(300, i -> event(RESERVATION_WRAPUP, other(i), 2 + i));

            assertThat(timeline.segments()).hasSize(TaskTimeline.MOST_EVENTS);
            assertThat(timeline.mayHaveHole()).isTrue();
        }

        @Test
        void events_of_the_customers_leg_are_dropped_last() {
            CallSid customer = new CallSid("CA" + "c".repeat(32));
            add(600, i -> {
                CallSid leg = i == 0 ? customer : new CallSid(String.format("CA%032x", i));
                return new LegSeen(
                        new Origin(TASK, ROOM, i, START, Optional.of(customer)), leg, true, true, false, false);
            });

            assertThat(timeline.conferenceEvents()).hasSize(TaskTimeline.MOST_EVENTS);
            assertThat(timeline.participantLog(ROOM).participants())
                    .extracting(Participant::call)
                    .contains(customer, new CallSid(String.format("CA%032x", 599)))
                    .doesNotContain(new CallSid(String.format("CA%032x", 1)));
        }
    }
}
