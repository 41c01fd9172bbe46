package io.hangupby.internal.event;

import static io.hangupby.internal.event.EventType.RESERVATION_ACCEPTED;
import static io.hangupby.internal.event.EventType.RESERVATION_CANCELED;
import static io.hangupby.internal.event.EventType.RESERVATION_COMPLETED;
import static io.hangupby.internal.event.EventType.RESERVATION_CREATED;
import static io.hangupby.internal.event.EventType.RESERVATION_REJECTED;
import static io.hangupby.internal.event.EventType.RESERVATION_WRAPUP;
import static io.hangupby.internal.event.EventType.TASK_COMPLETED;
import static io.hangupby.internal.event.EventType.TASK_CREATED;
import static io.hangupby.internal.event.EventType.TASK_WRAPUP;
import static io.hangupby.internal.event.EventType.TRANSFER_CANCELED;
import static io.hangupby.internal.event.EventType.TRANSFER_COMPLETED;
import static io.hangupby.internal.event.EventType.TRANSFER_FAILED;
import static io.hangupby.internal.event.EventType.TRANSFER_INITIATED;
import static io.hangupby.internal.event.Events.A;
import static io.hangupby.internal.event.Events.B;
import static io.hangupby.internal.event.Events.BROWSER;
import static io.hangupby.internal.event.Events.ROOM;
import static io.hangupby.internal.event.Events.START;
import static io.hangupby.internal.event.Events.TASK;
import static io.hangupby.internal.event.Events.WORKER;
import static io.hangupby.internal.event.Events.event;
import static io.hangupby.internal.event.Events.in;
import static io.hangupby.internal.event.Events.known;
import static io.hangupby.internal.event.Events.sparse;
import static io.hangupby.internal.event.Events.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Address;
import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.OtherAgent;
import io.hangupby.call.OtherAgents;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import io.hangupby.call.Transfer;
import io.hangupby.call.Transfer.Mode;
import io.hangupby.call.WorkerSid;
import io.hangupby.internal.event.ConferenceEvent.Ended;
import io.hangupby.internal.event.ConferenceEvent.LegLeft;
import io.hangupby.internal.event.ConferenceEvent.LegSeen;
import io.hangupby.internal.event.ConferenceEvent.Origin;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TaskTimelineTest {

    private static TaskTimeline timeline(TaskRouterEvent... events) {
        return timeline(List.of(events));
    }

    private static TaskTimeline timeline(List<TaskRouterEvent> events) {
        TaskTimeline timeline = TaskTimeline.of(TASK);
        for (TaskRouterEvent event : events) {
            timeline = timeline.with(event);
        }
        return timeline;
    }

    private static Segment over(Instant left, boolean completed) {
        return new Segment(TASK, A, Optional.empty(), Optional.empty(), left, completed);
    }

    private static Instant at(long millis) {
        return START.plusMillis(millis);
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
        void it_takes_its_place_by_time_whatever_the_order_of_arrival() {
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
        void it_changes_nothing_a_second_time() {
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
        void it_is_another_event_at_another_time_of_another_type_or_reservation() {
            TaskTimeline once = timeline(event(RESERVATION_WRAPUP, A, 3), event(TASK_CREATED, 0));

            assertThat(once.knows(event(RESERVATION_WRAPUP, A, 4))).isFalse();
            assertThat(once.knows(event(RESERVATION_WRAPUP, B, 3))).isFalse();
            assertThat(once.knows(event(RESERVATION_COMPLETED, A, 3))).isFalse();
            assertThat(once.knows(event(TASK_WRAPUP, 0))).isFalse();
            assertThat(once.with(event(RESERVATION_WRAPUP, B, 3)).events()).hasSize(3);
        }

        @Test
        void the_timeline_before_stays_as_it_was() {
            TaskTimeline before = timeline(event(TASK_CREATED, 0));

            before.with(event(TASK_WRAPUP, 4));

            assertThat(before.events()).containsExactly(event(TASK_CREATED, 0));
        }
    }

    @Nested
    class WhenAnAgentWrapsUp {

        @Test
        void the_segment_is_over_as_of_that_moment() {
            assertThat(timeline(event(RESERVATION_ACCEPTED, A, 2), event(RESERVATION_WRAPUP, A, 3))
                            .segments())
                    .containsExactly(over(at(3), false));
        }

        @Test
        void the_first_of_two_wrap_ups_counts() {
            assertThat(timeline(event(RESERVATION_WRAPUP, A, 9), event(RESERVATION_WRAPUP, A, 3))
                            .segments())
                    .containsExactly(over(at(3), false));
        }

        @Test
        void its_own_wrap_up_counts_and_not_the_tasks() {
            assertThat(timeline(
                                    event(TASK_WRAPUP, 1),
                                    event(RESERVATION_ACCEPTED, A, 0),
                                    event(RESERVATION_WRAPUP, A, 3))
                            .segments())
                    .containsExactly(over(at(3), false));
        }

        @Test
        void a_completed_reservation_makes_a_completed_segment() {
            assertThat(timeline(event(RESERVATION_WRAPUP, A, 3), event(RESERVATION_COMPLETED, A, 9))
                            .segments())
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
                    .containsExactly(new Segment(TASK, A, Optional.of(WORKER), Optional.of(BROWSER), at(3), true));
        }

        @Test
        void segments_come_in_the_order_in_which_agents_were_asked() {
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
                    .containsExactly(over(at(4), false));
        }

        @Test
        void a_tasks_wrap_up_counts_for_an_agent_whose_acceptance_is_not_known() {
            assertThat(timeline(event(RESERVATION_CREATED, A, 1), event(TASK_WRAPUP, 4))
                            .segments())
                    .containsExactly(over(at(4), false));
        }

        @Test
        void it_still_does_after_the_agent_has_completed() {
            assertThat(timeline(
                                    event(RESERVATION_ACCEPTED, A, 2),
                                    event(TASK_WRAPUP, 4),
                                    event(RESERVATION_COMPLETED, A, 9))
                            .segments())
                    .containsExactly(over(at(4), true));
            assertThat(timeline(
                                    event(RESERVATION_ACCEPTED, A, 2),
                                    event(TASK_WRAPUP, 4),
                                    event(RESERVATION_COMPLETED, A, 4))
                            .segments())
                    .containsExactly(over(at(4), true));
        }

        @Test
        void it_does_not_for_one_who_had_completed_before() {
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
        void it_passes_over_one_who_never_took_the_call(EventType refused) {
            TaskTimeline timeline = timeline(
                    event(RESERVATION_CREATED, B, 0),
                    event(refused, B, 1),
                    event(RESERVATION_CREATED, A, 2),
                    event(TASK_WRAPUP, 4));

            assertThat(timeline.segments()).containsExactly(over(at(4), false));
        }

        @Test
        void it_passes_over_one_whose_reservation_went_only_after_it() {
            TaskTimeline timeline = timeline(
                    event(RESERVATION_CREATED, B, 0), event(TASK_WRAPUP, 4), event(RESERVATION_CANCELED, B, 5));

            assertThat(timeline.segments()).isEmpty();
        }

        @Test
        void it_prefers_the_one_who_accepted() {
            assertThat(timeline(
                                    event(RESERVATION_CREATED, B, 0),
                                    event(RESERVATION_ACCEPTED, A, 2),
                                    event(TASK_WRAPUP, 4))
                            .segments())
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
                    .containsExactly(over(at(3), false));
        }

        @Test
        void the_agents_own_moment_counts_once_it_is_known() {
            assertThat(timeline(
                                    event(RESERVATION_ACCEPTED, A, 1),
                                    event(TASK_WRAPUP, 4000),
                                    event(RESERVATION_WRAPUP, A, 2000))
                            .segments())
                    .containsExactly(over(at(2000), false));
        }
    }

    @Nested
    class WhenAskedForGaps {

        @Test
        void a_task_that_wrapped_up_without_any_agent_has_one() {
            assertThat(timeline(event(TASK_CREATED, 0), event(TASK_WRAPUP, 4)).missesItsReservation())
                    .isTrue();
        }

        @Test
        void a_task_that_goes_on_or_has_an_agent_has_none() {
            assertThat(timeline().missesItsReservation()).isFalse();
            assertThat(timeline(event(TASK_CREATED, 0)).missesItsReservation()).isFalse();
            assertThat(timeline(event(RESERVATION_CREATED, A, 1), event(TASK_WRAPUP, 4))
                            .missesItsReservation())
                    .isFalse();
        }
    }

    @Nested
    class WhenAskedWhetherItIsFinished {

        @ParameterizedTest
        @EnumSource(names = {"TASK_COMPLETED", "TASK_CANCELED", "TASK_DELETED", "TASK_SYSTEM_DELETED"})
        void it_is_with_the_end_of_the_task(EventType end) {
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
        void it_is_not_with_any_other_single_event(EventType type) {
            assertThat(timeline(type.isReservation() ? event(type, A, 1) : event(type, 1))
                            .finished())
                    .isFalse();
        }

        @Test
        void it_is_once_the_only_agent_has_completed() {
            assertThat(timeline(event(RESERVATION_WRAPUP, A, 3), event(RESERVATION_COMPLETED, A, 9))
                            .finished())
                    .isTrue();
        }

        @Test
        void it_is_once_one_has_completed_and_all_others_have_refused() {
            assertThat(timeline(event(RESERVATION_REJECTED, B, 1), event(RESERVATION_COMPLETED, A, 9))
                            .finished())
                    .isTrue();
        }

        @Test
        void it_is_not_while_another_is_asked_or_talks() {
            assertThat(timeline(event(RESERVATION_COMPLETED, A, 9), event(RESERVATION_CREATED, B, 10))
                            .finished())
                    .isFalse();
        }

        @Test
        void it_is_not_where_all_have_refused() {
            assertThat(timeline(event(RESERVATION_REJECTED, A, 1), event(RESERVATION_REJECTED, B, 2))
                            .finished())
                    .isFalse();
        }

        @Test
        void it_is_not_after_a_transfer_before_the_task_has_ended() {
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
        void any_step_of_a_transfer_is_a_transfer(EventType type) {
            assertThat(timeline(event(TASK_CREATED, 0), event(type, 1)).hasTransfer())
                    .isTrue();
        }

        @Test
        void a_plain_call_has_no_transfer() {
            assertThat(timeline(event(TASK_CREATED, 0), event(RESERVATION_ACCEPTED, A, 1))
                            .hasTransfer())
                    .isFalse();
        }
    }

    @Nested
    class WithConferenceCallbacks {
        private static final CallSid CUSTOMER = new CallSid("CA" + "c".repeat(32));
        private static final CallSid AGENT = new CallSid("CA" + "a".repeat(32));
        private static final CallSid STRANGER = new CallSid("CA" + "5".repeat(32));
        private static final ConferenceSid OTHER_ROOM = new ConferenceSid("CF" + "1".repeat(32));

        @Test
        void only_what_a_leg_did_last_is_kept_however_often_it_was_held_or_came_back() {
            TaskTimeline timeline =
                    TaskTimeline.of(TASK).with(new LegSeen(origin(ROOM, 1, Optional.of(CUSTOMER)), CUSTOMER, true));
            for (int i = 1; i < 1000; i++) {
                timeline = timeline.with(new LegSeen(origin(ROOM, 3 * i, Optional.of(CUSTOMER)), AGENT, i % 2 == 0))
                        .with(left(3 * i + 1, AGENT));
            }
            LegSeen back = new LegSeen(origin(ROOM, 9000, Optional.of(CUSTOMER)), AGENT, true);

            assertThat(timeline.conferenceEvents()).hasSize(3);
            assertThat(timeline.with(back).conferenceEvents()).hasSize(2).endsWith(back);
            assertThat(timeline.with(left(4, AGENT))).isSameAs(timeline);
        }

        @Test
        void who_was_there_is_the_same_as_if_all_were_kept() {
            Random random = new Random(20260921);

            for (int i = 0; i < 5_000; i++) {
                List<ConferenceEvent> all = conferences(random);
                List<ConferenceEvent> arrived = new ArrayList<>(all);
                arrived.addAll(all.subList(0, all.size() / 2));
                Collections.shuffle(arrived, random);
                TaskTimeline timeline = TaskTimeline.of(TASK);
                for (ConferenceEvent event : arrived) {
                    timeline = timeline.with(event);
                }

                TaskTimeline complete = new TaskTimeline(TASK, List.of(), all);
                assertThat(timeline.participantLog(ROOM)).isEqualTo(complete.participantLog(ROOM));
                assertThat(timeline.participantLog(OTHER_ROOM)).isEqualTo(complete.participantLog(OTHER_ROOM));
            }
        }

        private static List<ConferenceEvent> conferences(Random random) {
            List<ConferenceEvent> events = new ArrayList<>();
            int count = random.nextInt(15);
            for (int number = 1; number <= count; number++) {
                events.add(event(random, number));
            }
            return events;
        }

        private static ConferenceEvent event(Random random, int number) {
            CallSid leg = List.of(CUSTOMER, AGENT, STRANGER).get(random.nextInt(3));
            Origin origin = origin(
                    random.nextInt(4) == 0 ? OTHER_ROOM : ROOM,
                    number,
                    random.nextBoolean() ? Optional.of(random.nextBoolean() ? CUSTOMER : STRANGER) : Optional.empty());
            return switch (random.nextInt(5)) {
                case 0 -> new Ended(origin, Optional.empty(), Optional.of(leg));
                case 1, 2 -> new LegLeft(origin, leg, Optional.empty(), random.nextBoolean());
                default -> new LegSeen(origin, leg, random.nextBoolean());
            };
        }

        private static LegLeft left(int number, CallSid leg) {
            return new LegLeft(origin(ROOM, number, Optional.empty()), leg, Optional.empty(), false);
        }

        private static Origin origin(ConferenceSid conference, int number, Optional<CallSid> customer) {
            return new Origin(TASK, conference, number, at(number), customer);
        }
    }

    @Nested
    class WhenAskedForTheCompany {
        private final Transfer warm = begun(A, Mode.WARM, 3);

        private static Transfer begun(ReservationSid by, Mode mode, long millis) {
            return new Transfer(Optional.of(by), Optional.of(mode), at(millis), Optional.empty());
        }

        @Test
        void an_agent_alone_has_none() {
            assertThat(timeline(event(RESERVATION_ACCEPTED, A, 1), event(RESERVATION_WRAPUP, A, 2))
                            .otherAgents(A))
                    .isEqualTo(OtherAgents.NONE);
        }

        @Test
        void who_was_only_asked_is_no_colleague() {
            assertThat(timeline(
                                    event(RESERVATION_ACCEPTED, A, 1),
                                    event(RESERVATION_CREATED, B, 2),
                                    event(RESERVATION_REJECTED, B, 3))
                            .otherAgents(A)
                            .agents())
                    .isEmpty();
        }

        @Test
        void a_colleague_is_in_from_accepting_to_wrap_up() {
            TaskTimeline timeline = timeline(
                    event(RESERVATION_CREATED, B, 1),
                    event(RESERVATION_ACCEPTED, B, 2),
                    event(RESERVATION_WRAPUP, B, 5),
                    event(RESERVATION_COMPLETED, B, 9));

            assertThat(timeline.otherAgents(A).agents())
                    .containsExactly(new OtherAgent(B, Optional.empty(), at(2), Optional.of(at(5)), Optional.empty()));
            assertThat(timeline.otherAgents(A).presentAt(at(1))).isEmpty();
            assertThat(timeline.otherAgents(A).presentAt(at(2))).hasSize(1);
            assertThat(timeline.otherAgents(A).presentAt(at(4))).hasSize(1);
            assertThat(timeline.otherAgents(A).presentAt(at(5))).isEmpty();
        }

        @Test
        void without_a_wrap_up_the_completion_shows_when_the_other_agent_left() {
            assertThat(timeline(event(RESERVATION_ACCEPTED, B, 2), event(RESERVATION_COMPLETED, B, 9))
                            .otherAgents(A)
                            .agents())
                    .extracting(OtherAgent::left)
                    .containsExactly(Optional.of(at(9)));
        }

        @Test
        void whoever_was_asked_after_a_transfer_came_by_it() {
            TaskTimeline timeline = timeline(
                    event(RESERVATION_ACCEPTED, A, 1),
                    transfer(TRANSFER_INITIATED, 3, A, Mode.WARM),
                    event(RESERVATION_CREATED, B, 4),
                    event(RESERVATION_ACCEPTED, B, 5),
                    transfer(TRANSFER_COMPLETED, 5, A, Mode.WARM));

            assertThat(timeline.otherAgents(A).transfers()).containsExactly(warm);
            assertThat(timeline.otherAgents(A).joinedVia()).isEmpty();
            assertThat(timeline.otherAgents(A).agents())
                    .extracting(OtherAgent::joinedVia)
                    .containsExactly(Optional.of(warm));
            assertThat(timeline.otherAgents(B).joinedVia()).contains(warm);
            assertThat(timeline.otherAgents(B).agents())
                    .extracting(OtherAgent::joinedVia)
                    .containsExactly(Optional.empty());
        }

        @Test
        void whoever_was_asked_before_a_transfer_did_not() {
            assertThat(timeline(event(RESERVATION_CREATED, B, 2), transfer(TRANSFER_INITIATED, 3, A, Mode.WARM))
                            .otherAgents(B)
                            .joinedVia())
                    .isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"3, false", "4, true", "5, true"})
        void whoever_was_asked_before_a_transfer_was_called_off_or_in_that_moment_came_by_it(
                long calledOff, boolean cameByIt) {
            TaskTimeline timeline = timeline(
                    event(RESERVATION_ACCEPTED, A, 1),
                    transfer(TRANSFER_INITIATED, 2, A, Mode.WARM),
                    transfer(TRANSFER_CANCELED, calledOff, A, Mode.WARM),
                    event(RESERVATION_CREATED, B, 4));

            assertThat(timeline.otherAgents(B).joinedVia().isPresent()).isEqualTo(cameByIt);
        }

        @ParameterizedTest
        @EnumSource(names = {"TRANSFER_FAILED", "TRANSFER_CANCELED"})
        void a_transfer_comes_to_nothing_when_it_fails_or_is_called_off(EventType end) {
            TaskTimeline timeline =
                    timeline(transfer(TRANSFER_INITIATED, 3, A, Mode.COLD), transfer(end, 5, A, Mode.COLD));

            assertThat(timeline.otherAgents(A).transfers())
                    .containsExactly(new Transfer(Optional.of(A), Optional.of(Mode.COLD), at(3), Optional.of(at(5))));
            assertThat(timeline.otherAgents(A).activeTransfer(A, Mode.COLD, at(4)))
                    .isPresent();
            assertThat(timeline.otherAgents(A).activeTransfer(A, Mode.COLD, at(5)))
                    .isEmpty();
            assertThat(timeline.otherAgents(A).activeTransfer(A, Mode.WARM, at(4)))
                    .isEmpty();
            assertThat(timeline.otherAgents(A).activeTransfer(B, Mode.COLD, at(4)))
                    .isEmpty();
            assertThat(timeline.otherAgents(A).activeTransfer(A, Mode.COLD, at(2)))
                    .isEmpty();
        }

        @ParameterizedTest
        @EnumSource(names = {"TRANSFER_ATTEMPT_FAILED", "TRANSFER_COMPLETED"})
        void a_transfer_is_active_after_a_failed_attempt_and_after_completion(EventType step) {
            assertThat(timeline(transfer(TRANSFER_INITIATED, 3, A, Mode.WARM), transfer(step, 5, A, Mode.WARM))
                            .otherAgents(A)
                            .transfers())
                    .containsExactly(warm);
        }

        @Test
        void a_transfer_of_which_only_the_end_is_known_is_one_too() {
            assertThat(timeline(transfer(TRANSFER_FAILED, 5, A, Mode.WARM))
                            .otherAgents(A)
                            .transfers())
                    .containsExactly(new Transfer(Optional.of(A), Optional.of(Mode.WARM), at(5), Optional.of(at(5))));
        }

        @Test
        void a_second_try_is_another_transfer_and_the_end_is_that_of_the_last() {
            assertThat(timeline(
                                    transfer(TRANSFER_INITIATED, 2, A, Mode.WARM),
                                    transfer(TRANSFER_CANCELED, 3, A, Mode.WARM),
                                    transfer(TRANSFER_INITIATED, 4, A, Mode.COLD),
                                    transfer(TRANSFER_FAILED, 5, A, Mode.COLD))
                            .otherAgents(A)
                            .transfers())
                    .containsExactly(
                            new Transfer(Optional.of(A), Optional.of(Mode.WARM), at(2), Optional.of(at(3))),
                            new Transfer(Optional.of(A), Optional.of(Mode.COLD), at(4), Optional.of(at(5))));
        }

        @Test
        void the_only_agent_who_is_in_began_a_transfer_that_names_nobody() {
            assertThat(timeline(event(RESERVATION_ACCEPTED, A, 1), sparse(TRANSFER_INITIATED, 3))
                            .otherAgents(A)
                            .transfers())
                    .extracting(Transfer::startedBy)
                    .containsExactly(Optional.of(A));
            assertThat(timeline(
                                    event(RESERVATION_ACCEPTED, A, 1),
                                    event(RESERVATION_ACCEPTED, B, 2),
                                    sparse(TRANSFER_INITIATED, 3))
                            .otherAgents(A)
                            .transfers())
                    .extracting(Transfer::startedBy)
                    .containsExactly(Optional.empty());
        }
    }

    @Nested
    class WhenAskedWhetherItLivesOn {
        private final TaskTimeline handedOn = timeline(
                event(RESERVATION_ACCEPTED, A, 1),
                transfer(TRANSFER_INITIATED, 2, A, Mode.COLD),
                event(RESERVATION_WRAPUP, A, 3),
                event(RESERVATION_COMPLETED, A, 9));

        @Test
        void it_does_while_an_agent_talks_or_is_asked() {
            assertThat(timeline(event(RESERVATION_ACCEPTED, A, 1)).livesOn()).isTrue();
            assertThat(timeline(event(RESERVATION_CREATED, A, 1)).livesOn()).isTrue();
        }

        @Test
        void it_does_not_with_the_last_agent_in_wrap_up() {
            assertThat(timeline(event(RESERVATION_ACCEPTED, A, 1), event(RESERVATION_WRAPUP, A, 3))
                            .livesOn())
                    .isFalse();
        }

        @Test
        void it_does_while_a_transfer_waits_for_somebody_to_take_it() {
            assertThat(handedOn.livesOn()).isTrue();
            assertThat(handedOn.with(event(RESERVATION_CREATED, B, 10))
                            .with(event(RESERVATION_REJECTED, B, 11))
                            .livesOn())
                    .isTrue();
        }

        @Test
        void it_does_not_once_the_transfer_has_failed() {
            assertThat(handedOn.with(transfer(TRANSFER_FAILED, 10, A, Mode.COLD))
                            .livesOn())
                    .isFalse();
        }

        @Test
        void it_does_not_once_the_one_who_took_it_has_left() {
            TaskTimeline taken =
                    handedOn.with(event(RESERVATION_CREATED, B, 10)).with(event(RESERVATION_ACCEPTED, B, 11));

            assertThat(taken.livesOn()).isTrue();
            assertThat(taken.with(event(RESERVATION_WRAPUP, B, 12)).livesOn()).isFalse();
        }

        @ParameterizedTest
        @EnumSource(names = {"TASK_COMPLETED", "TASK_CANCELED", "TASK_DELETED", "TASK_SYSTEM_DELETED"})
        void it_does_not_after_the_end_of_the_task(EventType end) {
            assertThat(handedOn.with(event(end, 20)).livesOn()).isFalse();
        }
    }

    @Nested
    class BeyondItsBound {
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
        void the_oldest_transfers_are_forgotten_next() {
            add(300, i -> event(TRANSFER_INITIATED, 2 + i));

            assertThat(timeline.events())
                    .hasSize(TaskTimeline.MOST_EVENTS)
                    .contains(event(RESERVATION_ACCEPTED, A, 1), event(TRANSFER_INITIATED, 301))
                    .doesNotContain(event(TRANSFER_INITIATED, 2));
        }

        @Test
        void what_calls_for_work_is_forgotten_last() {
            add(300, i -> event(RESERVATION_WRAPUP, other(i), 2 + i));

            assertThat(timeline.segments()).hasSize(TaskTimeline.MOST_EVENTS);
            assertThat(timeline.mayHaveHole()).isTrue();
        }

        @Test
        void of_a_conference_the_customer_is_forgotten_last() {
            CallSid customer = new CallSid("CA" + "c".repeat(32));
            add(600, i -> {
                CallSid leg = i == 0 ? customer : new CallSid(String.format("CA%032x", i));
                return new LegSeen(new Origin(TASK, ROOM, i, START, Optional.of(customer)), leg, true);
            });

            assertThat(timeline.conferenceEvents()).hasSize(TaskTimeline.MOST_EVENTS);
            assertThat(timeline.participantLog(ROOM).joined())
                    .contains(customer, new CallSid(String.format("CA%032x", 599)))
                    .doesNotContain(new CallSid(String.format("CA%032x", 1)));
        }
    }
}
