package io.hangupby.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.hangupby.call.Address;
import io.hangupby.call.TaskRef;
import io.hangupby.call.Transfer;
import io.hangupby.internal.event.EventReading.Irrelevant;
import io.hangupby.internal.event.EventReading.Malformed;
import io.hangupby.internal.event.EventReading.Relevant;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.internal.event.TaskRouterEvent.TaskEvent;
import io.hangupby.internal.event.TaskRouterEvent.TaskUpdated;
import io.hangupby.internal.event.TaskRouterEvent.TransferEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final Instant AT = Instant.parse("2026-09-21T14:15:16.789Z");

    private final EventReader reader = new EventReader(Set.of("voice", "vip-voice"));

    private static Fields event(String type) {
        return new Fields()
                .with("EventType", type)
                .with("TaskChannelUniqueName", "voice")
                .with("AccountSid", Events.TASK.account().value())
                .with("WorkspaceSid", Events.TASK.workspace().value())
                .with("TaskSid", Events.TASK.task().value())
                .with("ReservationSid", Events.A.value())
                .with("WorkerSid", Events.WORKER.value())
                .with("TransferInitiatingReservationSid", Events.B.value())
                .with("TransferMode", "WARM")
                .with("TimestampMs", String.valueOf(AT.toEpochMilli()))
                .with("Timestamp", String.valueOf(AT.getEpochSecond()))
                .within("WorkerAttributes/contact_uri", "client:ada")
                .within("TaskAttributes/conference/sid", Events.ROOM.value());
    }

    private TaskRouterEvent read(Fields fields) {
        assertThat(reader.read(fields)).isInstanceOf(Relevant.class);
        return (TaskRouterEvent) ((Relevant) reader.read(fields)).event();
    }

    @Nested
    class WhenTheTypeMatters {

        @ParameterizedTest
        @EnumSource(
                mode = EnumSource.Mode.EXCLUDE,
                names = {"OTHER", "TASK_UPDATED"})
        void reads_it_by_twilios_name(EventType type) {
            TaskRouterEvent event = read(event(type.toString()));

            assertThat(event.type()).isEqualTo(type);
            assertThat(event.task()).isEqualTo(Events.TASK);
            assertThat(event.at()).isEqualTo(AT);
        }

        @Test
        void reads_a_task_event() {
            assertThat(read(event("task.wrapup")))
                    .isEqualTo(new TaskEvent(EventType.TASK_WRAPUP, Events.TASK, AT, Optional.of(Events.ROOM)));
        }

        @Test
        void reads_a_reservation_event() {
            assertThat(read(event("reservation.wrapup")))
                    .isEqualTo(new ReservationEvent(
                            EventType.RESERVATION_WRAPUP,
                            Events.TASK,
                            AT,
                            Events.A,
                            Optional.of(Events.WORKER),
                            Optional.of(Events.BROWSER),
                            Optional.of(Events.ROOM)));
        }

        @ParameterizedTest
        @CsvSource({
            "reservation.accepted, Support, Support",
            "reservation.accepted, ' ',",
            "reservation.wrapup, Support,"
        })
        void reads_the_queue_from_which_an_agent_accepts(String type, String given, @Nullable String queue) {
            assertThat(read(event(type).with("TaskQueueName", given)))
                    .asInstanceOf(type(ReservationEvent.class))
                    .extracting(ReservationEvent::queue)
                    .isEqualTo(Optional.ofNullable(queue));
        }

        @Test
        void reads_a_transfer_event() {
            assertThat(read(event("task.transfer-initiated")))
                    .isEqualTo(new TransferEvent(
                            EventType.TRANSFER_INITIATED,
                            Events.TASK,
                            AT,
                            Optional.of(Events.B),
                            Optional.of(Transfer.Mode.WARM)));
        }

        @Test
        void reads_a_reservation_that_failed_without_a_worker() {
            TaskRouterEvent event = read(event("reservation.failed").without("WorkerSid"));

            assertThat(event)
                    .asInstanceOf(type(ReservationEvent.class))
                    .extracting(ReservationEvent::worker)
                    .isEqualTo(Optional.empty());
        }

        @Test
        void ignores_a_worker_and_an_initiating_reservation_that_are_not_sids() {
            assertThat(read(event("reservation.accepted").with("WorkerSid", "WK1")))
                    .asInstanceOf(type(ReservationEvent.class))
                    .extracting(ReservationEvent::worker)
                    .isEqualTo(Optional.empty());
            assertThat(read(event("task.transfer-failed").with("TransferInitiatingReservationSid", "")))
                    .asInstanceOf(type(TransferEvent.class))
                    .extracting(TransferEvent::startedBy)
                    .isEqualTo(Optional.empty());
        }
    }

    @Nested
    class WhenItCannotMatter {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "task-queue.entered",
                    "workflow.target-matched",
                    "worker.activity.update",
                    "reservation.something-new",
                    "task.transfer-something-new",
                    "TASK.WRAPUP",
                    "other",
                    ""
                })
        void reads_only_the_type_of_an_irrelevant_event(String type) {
            Fields fields = event(type);

            assertThat(reader.read(fields)).isEqualTo(new Irrelevant());
            assertThat(fields.looks).containsExactly("EventType");
        }

        @Test
        void an_event_without_a_type_is_of_no_known_type() {
            assertThat(reader.read(new Fields())).isEqualTo(new Irrelevant());
        }

        @ParameterizedTest
        @ValueSource(strings = {"chat", "default", "Voice", "", "+15005550001"})
        void reads_only_type_and_channel_of_another_channels_task(String channel) {
            Fields fields = event("task.wrapup").with("TaskChannelUniqueName", channel);

            assertThat(reader.read(fields)).isEqualTo(new Irrelevant());
            assertThat(fields.looks).containsExactly("EventType", "TaskChannelUniqueName");
        }

        @Test
        void a_malformed_event_of_another_channel_is_irrelevant() {
            assertThat(reader.read(event("task.wrapup")
                            .with("TaskChannelUniqueName", "chat")
                            .without("TaskSid")))
                    .isEqualTo(new Irrelevant());
        }
    }

    @Nested
    class WhenTheChannelIsOneOfOurs {

        @ParameterizedTest
        @ValueSource(strings = {"voice", "vip-voice"})
        void it_matters(String channel) {
            assertThat(read(event("task.wrapup").with("TaskChannelUniqueName", channel))
                            .type())
                    .isEqualTo(EventType.TASK_WRAPUP);
        }

        @ParameterizedTest
        @ValueSource(strings = {"task.wrapup", "reservation.wrapup", "task.transfer-completed"})
        void it_need_not_be_named(String type) {
            assertThat(read(event(type).without("TaskChannelUniqueName")).type())
                    .isEqualTo(EventType.of(type));
        }
    }

    @Nested
    class WhenAFieldIsMissingOrMalformed {

        @ParameterizedTest
        @CsvSource({
            "task.created, AccountSid",
            "task.created, WorkspaceSid",
            "task.created, TaskSid",
            "task.transfer-initiated, TaskSid",
            "reservation.wrapup, TaskSid",
            "reservation.wrapup, ReservationSid"
        })
        void it_is_named_and_its_content_is_not(String type, String field) {
            Malformed expected = new Malformed(field + " is missing or malformed");

            assertThat(reader.read(event(type).without(field))).isEqualTo(expected);
            assertThat(reader.read(event(type).with(field, ""))).isEqualTo(expected);
            assertThat(reader.read(event(type).with(field, "XX" + "0".repeat(32))))
                    .isEqualTo(expected);
            assertThat(reader.read(event(type).with(field, field.charAt(0) + "+15005550001")))
                    .isEqualTo(expected);
        }

        @Test
        void a_reservation_is_missed_only_where_there_must_be_one() {
            assertThat(read(event("task.wrapup").without("ReservationSid")).type())
                    .isEqualTo(EventType.TASK_WRAPUP);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "soon", "-1", "1.5", "1e9", " 1", "١٢", "1234567890123456", "99999999999999999999"})
        void a_time_that_is_no_number_is_none(String time) {
            assertThat(reader.read(
                            event("task.wrapup").with("TimestampMs", time).with("Timestamp", time)))
                    .isEqualTo(new Malformed("TimestampMs is missing or malformed"));
        }

        @Test
        void a_time_is_needed() {
            assertThat(reader.read(event("task.wrapup").without("TimestampMs").without("Timestamp")))
                    .isEqualTo(new Malformed("TimestampMs is missing or malformed"));
        }
    }

    @Nested
    class WhenReadingTheTime {

        @Test
        void takes_the_milliseconds() {
            assertThat(read(event("task.wrapup").with("Timestamp", "1")).at()).isEqualTo(AT);
        }

        @Test
        void takes_the_seconds_where_there_are_no_milliseconds() {
            assertThat(read(event("task.wrapup").without("TimestampMs")).at())
                    .isEqualTo(Instant.parse("2026-09-21T14:15:16Z"));
        }

        @Test
        void takes_the_seconds_where_the_milliseconds_are_malformed() {
            assertThat(read(event("task.wrapup").with("TimestampMs", "soon")).at())
                    .isEqualTo(Instant.parse("2026-09-21T14:15:16Z"));
        }

        @ParameterizedTest
        @CsvSource({"0, 1970-01-01T00:00:00Z", "999999999999999, +33658-09-27T01:46:39.999Z"})
        void takes_any_number_of_up_to_15_digits(String millis, Instant at) {
            assertThat(read(event("task.wrapup").with("TimestampMs", millis)).at())
                    .isEqualTo(at);
        }
    }

    @Nested
    class WhenATaskIsUpdated {
        private final Set<TaskRef> watched = new HashSet<>();
        private final List<TaskVersion> carried = new ArrayList<>();
        private final EventReader watching = new EventReader(Set.of("voice"), new TaskVersions() {
            @Override
            public boolean isWatched(TaskRef task) {
                return watched.contains(task);
            }

            @Override
            public Optional<String> hangUpBy(TaskRef task, Supplier<Optional<TaskVersion>> version) {
                return version.get().map(read -> "read from " + read.attributes());
            }

            @Override
            public void received(EventType type, TaskRef task, Supplier<Optional<TaskVersion>> version) {
                if (type.isWrapUp()) {
                    version.get().ifPresent(carried::add);
                }
            }
        });

        private Fields of(String type, String status) {
            return event(type)
                    .with("TaskAssignmentStatus", status)
                    .with("TaskAttributes", "{}")
                    .with("TaskVersion", "7");
        }

        @Test
        void the_attributes_of_a_task_without_an_agent_in_wrap_up_are_not_read() {
            Fields fields = of("task.updated", "assigned");

            assertThat(watching.read(fields)).isEqualTo(new Irrelevant());
            assertThat(fields.looks).noneMatch(look -> look.startsWith("TaskAttributes"));
        }

        @Test
        void the_version_is_read_if_an_agent_of_the_task_is_in_wrap_up() {
            watched.add(Events.TASK);

            assertThat(watching.read(of("task.updated", "assigned")))
                    .isEqualTo(new Relevant(
                            new TaskUpdated(new TaskVersion(Events.TASK, AT, Optional.of(7L), "{}", false))));
        }

        @Test
        void the_version_is_read_if_the_event_says_that_the_task_is_wrapping() {
            assertThat(watching.read(of("task.updated", "wrapping"))).isInstanceOf(Relevant.class);
        }

        @Test
        void an_update_that_cannot_be_read_is_no_loss() {
            assertThat(watching.read(of("task.updated", "wrapping").without("TaskSid")))
                    .isEqualTo(new Irrelevant());
            assertThat(watching.read(of("task.updated", "wrapping").without("TaskAttributes")))
                    .isEqualTo(new Irrelevant());
        }

        @Test
        void other_events_pass_on_the_version_that_they_carry() {
            watching.read(of("task.wrapup", "wrapping").without("TaskVersion"));

            assertThat(carried).containsExactly(new TaskVersion(Events.TASK, AT, Optional.empty(), "{}", false));
        }

        @Test
        void a_completion_has_the_value_that_flex_insights_reads() {
            assertThat(watching.read(of("reservation.completed", "completed")))
                    .isInstanceOfSatisfying(
                            Relevant.class,
                            relevant -> assertThat(((ReservationEvent) relevant.event()).hangUpBy())
                                    .contains("read from {}"));
        }
    }

    @Nested
    class WhenReadingJson {

        @ParameterizedTest
        @EnumSource(
                mode = EnumSource.Mode.EXCLUDE,
                names = {"OTHER", "TASK_UPDATED", "TASK_WRAPUP", "RESERVATION_WRAPUP", "RESERVATION_ACCEPTED"})
        void does_so_for_no_event_that_needs_nothing_of_it(EventType type) {
            Fields fields = event(type.toString());

            TaskRouterEvent event = read(fields);

            assertThat(event.conference()).isEmpty();
            assertThat(fields.looks).noneMatch(look -> look.contains("Attributes/"));
        }

        @Test
        void an_acceptance_has_the_device_and_not_the_conference() {
            Fields fields = event("reservation.accepted");

            assertThat(read(fields))
                    .asInstanceOf(type(ReservationEvent.class))
                    .extracting(ReservationEvent::contact)
                    .isEqualTo(Optional.of(new Address("client:ada")));
            assertThat(fields.looks)
                    .contains("WorkerAttributes/contact_uri")
                    .noneMatch(look -> look.startsWith("TaskAttributes"));
        }

        @Test
        void a_tasks_wrap_up_has_the_conference_and_no_device() {
            Fields fields = event("task.wrapup");

            assertThat(read(fields).conference()).contains(Events.ROOM);
            assertThat(fields.looks)
                    .contains("TaskAttributes/conference/sid")
                    .noneMatch(look -> look.startsWith("WorkerAttributes"));
        }

        @Test
        void a_tasks_creation_has_the_value_that_the_task_was_created_with() {
            Fields copied = event("task.created")
                    .with("TaskAttributes", "{\"conversations\":{\"hang_up_by\":\"agent\"}}")
                    .within("TaskAttributes/conversations/hang_up_by", "agent");

            assertThat(((TaskEvent) read(copied)).hangUpBy()).contains("agent");
            assertThat(((TaskEvent) read(event("task.created"))).hangUpBy()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "CF1", "WT00000000000000000000000000000000"})
        void a_conference_that_is_no_sid_is_none(String sid) {
            assertThat(read(event("task.wrapup").within("TaskAttributes/conference/sid", sid))
                            .conference())
                    .isEmpty();
        }
    }

    /** Remembers what was looked at. */
    private static final class Fields implements EventFields {
        private final Map<String, String> texts = new HashMap<>();
        private final Map<String, String> inside = new HashMap<>();
        private final List<String> looks = new ArrayList<>();

        Fields with(String name, String text) {
            texts.put(name, text);
            return this;
        }

        Fields without(String name) {
            texts.remove(name);
            return this;
        }

        Fields within(String path, String text) {
            inside.put(path, text);
            return this;
        }

        @Override
        public Optional<String> text(String name) {
            looks.add(name);
            return Optional.ofNullable(texts.get(name));
        }

        @Override
        public Optional<String> within(String name, String... path) {
            String whole = name + "/" + String.join("/", path);
            looks.add(whole);
            return Optional.ofNullable(inside.get(whole));
        }
    }
}
