package io.hangupby.internal.event;

import static io.hangupby.internal.event.EventType.RESERVATION_ACCEPTED;
import static io.hangupby.internal.event.EventType.RESERVATION_COMPLETED;
import static io.hangupby.internal.event.EventType.RESERVATION_CREATED;
import static io.hangupby.internal.event.EventType.RESERVATION_REJECTED;
import static io.hangupby.internal.event.EventType.RESERVATION_WRAPUP;
import static io.hangupby.internal.event.EventType.TRANSFER_CANCELED;
import static io.hangupby.internal.event.EventType.TRANSFER_COMPLETED;
import static io.hangupby.internal.event.EventType.TRANSFER_FAILED;
import static io.hangupby.internal.event.EventType.TRANSFER_INITIATED;
import static io.hangupby.internal.event.Events.A;
import static io.hangupby.internal.event.Events.B;
import static io.hangupby.internal.event.Events.ROOM;
import static io.hangupby.internal.event.Events.TASK;
import static io.hangupby.internal.event.Events.at;
import static io.hangupby.internal.event.Events.event;
import static io.hangupby.internal.event.Events.sparse;
import static io.hangupby.internal.event.Events.timeline;
import static io.hangupby.internal.event.Events.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.OtherAgent;
import io.hangupby.call.OtherAgents;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Transfer;
import io.hangupby.call.Transfer.Mode;
import io.hangupby.internal.event.ConferenceEvent.Ended;
import io.hangupby.internal.event.ConferenceEvent.LegLeft;
import io.hangupby.internal.event.ConferenceEvent.LegSeen;
import io.hangupby.internal.event.ConferenceEvent.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who was in the conference, the other agents, and the transfers. */
class TaskTimelineOtherAgentsTest {
    @Nested
    class WithConferenceCallbacks {
        private static final CallSid CUSTOMER = new CallSid("CA" + "c".repeat(32));
        private static final CallSid AGENT = new CallSid("CA" + "a".repeat(32));
        private static final CallSid STRANGER = new CallSid("CA" + "5".repeat(32));
        private static final ConferenceSid OTHER_ROOM = new ConferenceSid("CF" + "1".repeat(32));

        @Test
        void states_that_were_replaced_are_dropped_first_and_the_log_then_has_a_gap() {
            TaskTimeline timeline =
                    TaskTimeline.of(TASK).with(seen(1, CUSTOMER, true)).with(seen(2, AGENT, true));
            for (int number = 3; number < 1000; number++) {
                timeline = timeline.with(seen(number, AGENT, false));
            }
            TaskTimeline full = timeline.with(left(1000, AGENT));

            assertThat(full.conferenceEvents())
                    .hasSize(TaskTimeline.MOST_EVENTS)
                    .contains(seen(1, CUSTOMER, true), seen(2, AGENT, true), left(1000, AGENT));
            assertThat(full.participantLog(ROOM).isWhole()).isFalse();
            assertThat(full.participantLog(ROOM).leave(AGENT)).isPresent();
        }

        private static LegSeen seen(int number, CallSid leg, boolean joined) {
            return new LegSeen(origin(ROOM, number, Optional.of(CUSTOMER)), leg, true, joined, false, false);
        }

        @Test
        void the_log_is_the_same_in_any_order_of_arrival() {
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

                TaskTimeline complete = new TaskTimeline(TASK, List.of(), all, List.of());
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
                case 1, 2 -> new LegLeft(origin, leg, Optional.empty(), random.nextBoolean(), Optional.empty());
                default -> new LegSeen(origin, leg, random.nextBoolean(), random.nextBoolean(), false, false);
            };
        }

        private static LegLeft left(int number, CallSid leg) {
            return new LegLeft(origin(ROOM, number, Optional.empty()), leg, Optional.empty(), false, Optional.empty());
        }

        private static Origin origin(ConferenceSid conference, int number, Optional<CallSid> customer) {
            return new Origin(TASK, conference, number, at(number), customer);
        }
    }

    @Nested
    class OtherAgentsAndTransfers {
        private final Transfer warm = begun(A, Mode.WARM, 3);

        private static Transfer begun(ReservationSid by, Mode mode, long millis) {
            return new Transfer(Optional.of(by), Optional.of(mode), at(millis), Optional.empty());
        }

        @Test
        void a_single_agent_has_no_other_agents() {
            assertThat(timeline(event(RESERVATION_ACCEPTED, A, 1), event(RESERVATION_WRAPUP, A, 2))
                            .otherAgents(A))
                    .isEqualTo(OtherAgents.NONE);
        }

        @Test
        void an_agent_who_was_only_invited_is_not_among_the_other_agents() {
            assertThat(timeline(
                                    event(RESERVATION_ACCEPTED, A, 1),
                                    event(RESERVATION_CREATED, B, 2),
                                    event(RESERVATION_REJECTED, B, 3))
                            .otherAgents(A)
                            .agents())
                    .isEmpty();
        }

        @Test
        void another_agent_is_present_from_acceptance_to_wrap_up() {
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
        void an_agent_who_was_invited_after_a_transfer_joined_via_the_transfer() {
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
        void an_agent_who_was_invited_before_a_transfer_did_not_join_via_the_transfer() {
            assertThat(timeline(event(RESERVATION_CREATED, B, 2), transfer(TRANSFER_INITIATED, 3, A, Mode.WARM))
                            .otherAgents(B)
                            .joinedVia())
                    .isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"3, false", "4, true", "5, true"})
        void an_agent_who_was_invited_before_or_when_a_transfer_was_cancelled_joined_via_the_transfer(
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
        void a_transfer_is_not_active_after_it_fails_or_is_cancelled(EventType end) {
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
        void a_transfer_with_only_its_end_known_is_a_transfer() {
            assertThat(timeline(transfer(TRANSFER_FAILED, 5, A, Mode.WARM))
                            .otherAgents(A)
                            .transfers())
                    .containsExactly(new Transfer(Optional.of(A), Optional.of(Mode.WARM), at(5), Optional.of(at(5))));
        }

        @Test
        void a_second_attempt_is_another_transfer_and_the_end_belongs_to_the_latest() {
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
        void the_only_present_agent_started_a_transfer_without_a_starter() {
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
}
