package io.hangupby.internal.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.AccountSid;
import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Participant;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.testing.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link TwilioGateway}, for whatever implements it. */
abstract class TwilioGatewayKit {
    static final AccountSid ACCOUNT = new AccountSid("AC" + "a".repeat(32));
    static final WorkspaceSid WORKSPACE = new WorkspaceSid("WS" + "b".repeat(32));
    static final TaskRef NO_TASK = new TaskRef(ACCOUNT, WORKSPACE, new TaskSid("WT" + "9".repeat(32)));
    static final CallSid NO_CALL = new CallSid("CA" + "9".repeat(32));
    static final ConferenceSid NO_CONFERENCE = new ConferenceSid("CF" + "9".repeat(32));
    static final Address AGENTS_BROWSER = new Address("client:alice");

    final HandClock clock = new HandClock(Instant.parse("2026-03-04T10:15:30.250Z"));

    /** A call with its parts. */
    record Talk(TaskRef task, ReservationSid reservation, ConferenceSid conference, CallSid customer, CallSid agent) {}

    abstract TwilioGateway gateway();

    /** A customer has called, and talks with an agent at {@link #AGENTS_BROWSER}. */
    abstract Talk talk();

    /** An agent calls a customer, whose phone still rings. */
    abstract Talk ringing();

    abstract void customerHangsUp(Talk talk);

    abstract void customerDoesNotAnswer(Talk talk);

    /** The agent completes the after-call work. */
    abstract void agentCompletes(Talk talk);

    /** Somebody else writes the task's attributes. */
    abstract void edit(TaskRef task, String attributes);

    abstract void delete(TaskRef task);

    @Nested
    class AConference {

        @Test
        void that_goes_on_has_no_reason_and_no_ending_leg() {
            Talk talk = talk();

            assertThat(gateway().conference(talk.conference()))
                    .contains(new Conference(
                            talk.conference(),
                            false,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(clock.instant().truncatedTo(ChronoUnit.SECONDS))));
        }

        @Test
        void that_is_over_has_its_reason_and_ending_leg_and_time() {
            Talk talk = talk();
            clock.step(Duration.ofSeconds(90));
            customerHangsUp(talk);

            assertThat(gateway().conference(talk.conference()))
                    .contains(new Conference(
                            talk.conference(),
                            true,
                            Optional.of(Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT),
                            Optional.of(talk.customer()),
                            Optional.of(Instant.parse("2026-03-04T10:17:00Z"))));
        }

        @Test
        void that_nobody_knows_has_a_result() {
            assertThat(gateway().conference(NO_CONFERENCE)).isEmpty();
        }
    }

    @Nested
    class TheLegsOfAConference {

        @Test
        void are_listed_while_it_goes_on() {
            Talk talk = talk();

            assertThat(gateway().participants(talk.conference()).orElseThrow())
                    .containsExactlyInAnyOrder(
                            new Participant(talk.customer(), true, true), new Participant(talk.agent(), true, true));
        }

        @Test
        void are_not_connected_while_they_ring() {
            Talk talk = ringing();

            assertThat(gateway().participants(talk.conference()).orElseThrow())
                    .containsExactlyInAnyOrder(
                            new Participant(talk.customer(), false, true), new Participant(talk.agent(), true, true));
        }

        @Test
        void are_not_listed_once_it_is_over() {
            Talk talk = talk();
            customerHangsUp(talk);

            assertThat(gateway().participants(talk.conference())).contains(List.of());
        }

        @Test
        void of_a_conference_that_nobody_knows_are_not_there() {
            assertThat(gateway().participants(NO_CONFERENCE)).isEmpty();
        }
    }

    @Nested
    class ACall {

        @Test
        void that_goes_on_has_its_destination() {
            Talk talk = talk();

            assertThat(gateway().call(talk.agent()))
                    .contains(new Call(
                            talk.agent(), Call.Status.IN_PROGRESS, Optional.of(AGENTS_BROWSER), Optional.empty()));
        }

        @Test
        void that_is_over_has_its_end() {
            Talk talk = talk();
            clock.step(Duration.ofSeconds(90));
            customerHangsUp(talk);

            Call call = gateway().call(talk.customer()).orElseThrow();

            assertThat(call.status()).isEqualTo(Call.Status.COMPLETED);
            assertThat(call.ended()).contains(Instant.parse("2026-03-04T10:17:00Z"));
        }

        @Test
        void that_rings_is_ringing() {
            assertThat(gateway().call(ringing().customer()).map(Call::status)).contains(Call.Status.RINGING);
        }

        @Test
        void that_nobody_accepted_has_that_status() {
            Talk talk = ringing();
            customerDoesNotAnswer(talk);

            assertThat(gateway().call(talk.customer()).map(Call::status)).contains(Call.Status.NO_ANSWER);
        }

        @Test
        void that_nobody_knows_has_a_result() {
            assertThat(gateway().call(NO_CALL)).isEmpty();
        }
    }

    @Nested
    class ATask {

        @Test
        void names_its_legs() {
            Talk talk = talk();

            TaskSnapshot task = gateway().task(talk.task()).orElseThrow();

            assertThat(task.attributes().string("conference", "participants", "customer"))
                    .contains(talk.customer().value());
            assertThat(task.attributes().string("conference", "participants", "worker"))
                    .contains(talk.agent().value());
        }

        @Test
        void is_not_over_while_the_agent_wraps_up() {
            Talk talk = talk();
            customerHangsUp(talk);

            assertThat(gateway().task(talk.task()).map(TaskSnapshot::over)).contains(false);
        }

        @Test
        void is_over_once_the_agent_has_completed_it() {
            Talk talk = talk();
            customerHangsUp(talk);
            agentCompletes(talk);

            assertThat(gateway().task(talk.task()).map(TaskSnapshot::over)).contains(true);
        }

        @Test
        void that_nobody_knows_has_a_result() {
            assertThat(gateway().task(NO_TASK)).isEmpty();
        }

        @Test
        void keeps_its_etag_until_it_changes() {
            Talk talk = talk();
            String first = etag(talk.task());

            assertThat(etag(talk.task())).isEqualTo(first);
            edit(talk.task(), "{}");
            assertThat(etag(talk.task())).isNotEqualTo(first);
        }

        static List<String> attributes() {
            return List.of(
                    "{}",
                    "{\"n\":9007199254740993,\"l\":12345678901234567890,\"d\":1.10,\"e\":1e2,\"E\":1E+2,\"z\":-0.0}",
                    "{\"f\":0.1000000000000000055511151231257827}",
                    "{\"escaped\":\"\\u017dlu\\u0165 \\ud83d\\udc0e \\/ \\\"q\\\" \\u2028 \\t\\\\\"}",
                    "{\"日本\":\"Žluťoučký kůň 🐎 & + % = ; %41 \u2028\"}",
                    "{ \"b\" : null ,\n\t\"a\" : [ ] , \"t\":\"null\" }\n",
                    "{\"a\":1,\"a\":2,\"conversations\":{\"hang_up_by\":\"x\",\"hang_up_by\":\"y\"}}",
                    "{\"long\":\"" + "é".repeat(TaskAttributes.MAX_LENGTH - 11) + "\"}");
        }

        @ParameterizedTest
        @MethodSource("attributes")
        void is_read_character_by_character(String text) {
            Talk talk = talk();
            edit(talk.task(), text);

            assertThat(read(talk.task())).isEqualTo(text);
        }

        @ParameterizedTest
        @MethodSource("attributes")
        void is_written_character_by_character(String text) {
            Talk talk = talk();

            TaskUpdate update = gateway().updateTask(talk.task(), TaskAttributes.of(text), etag(talk.task()));

            assertThat(update).isInstanceOf(TaskUpdate.Applied.class);
            assertThat(read(talk.task())).isEqualTo(text);
        }
    }

    @Nested
    class AnUpdate {

        @Test
        void changes_the_etag_and_returns_it() {
            Talk talk = talk();
            String etag = etag(talk.task());
            TaskUpdate update = gateway().updateTask(talk.task(), TaskAttributes.of("{\"a\":1}"), etag);

            assertThat(etag(talk.task())).isNotEqualTo(etag);
            assertThat(update).isEqualTo(new TaskUpdate.Applied(Optional.of(etag(talk.task()))));
            assertThat(gateway().updateTask(talk.task(), TaskAttributes.of("{\"a\":2}"), etag(talk.task())))
                    .isInstanceOf(TaskUpdate.Applied.class);
        }

        @Test
        void of_another_version_writes_nothing() {
            Talk talk = talk();
            String etag = etag(talk.task());
            edit(talk.task(), "{\"theirs\":1}");

            assertThat(gateway().updateTask(talk.task(), TaskAttributes.of("{\"ours\":1}"), etag))
                    .isEqualTo(new TaskUpdate.ChangedMeanwhile());
            assertThat(read(talk.task())).isEqualTo("{\"theirs\":1}");
        }

        @Test
        void of_a_task_that_is_gone_has_a_result() {
            Talk talk = talk();
            String etag = etag(talk.task());
            delete(talk.task());

            assertThat(gateway().updateTask(talk.task(), TaskAttributes.of("{}"), etag))
                    .isEqualTo(new TaskUpdate.Gone());
            assertThat(gateway().task(talk.task())).isEmpty();
        }
    }

    @Nested
    class TheEventsOfATask {

        @Test
        void are_those_that_matter() {
            Talk talk = talk();
            edit(talk.task(), "{}");
            talk();
            customerHangsUp(talk);

            assertThat(gateway().events(talk.task()).events())
                    .extracting(TaskRouterEvent::type)
                    .containsExactlyInAnyOrder(
                            EventType.TASK_CREATED,
                            EventType.RESERVATION_CREATED,
                            EventType.RESERVATION_ACCEPTED,
                            EventType.RESERVATION_WRAPUP,
                            EventType.TASK_WRAPUP);
        }

        @Test
        void have_worker_and_workspace_and_time_to_the_millisecond() {
            Talk talk = talk();
            clock.step(Duration.ofSeconds(90));
            customerHangsUp(talk);

            ReservationEvent wrapUp = gateway().events(talk.task()).events().stream()
                    .filter(event -> event.type() == EventType.RESERVATION_WRAPUP)
                    .map(ReservationEvent.class::cast)
                    .findFirst()
                    .orElseThrow();

            assertThat(wrapUp.task()).isEqualTo(talk.task());
            assertThat(wrapUp.at()).isEqualTo(Instant.parse("2026-03-04T10:17:00.250Z"));
            assertThat(wrapUp.reservation()).isEqualTo(talk.reservation());
            assertThat(wrapUp.worker()).isPresent();
            assertThat(wrapUp.contact()).contains(AGENTS_BROWSER);
            assertThat(wrapUp.conference()).contains(talk.conference());
        }

        @Test
        void are_none_if_nobody_knows_the_task() {
            assertThat(gateway().events(NO_TASK).events()).isEmpty();
        }
    }

    @Nested
    class TheEndingsInAWorkspace {

        @Test
        void are_its_wrap_ups_and_completions_since_a_moment_oldest_first() {
            Talk before = talk();
            customerHangsUp(before);
            clock.step(Duration.ofMinutes(10));
            Instant since = clock.instant();
            Talk talk = talk();
            clock.step(Duration.ofSeconds(30));
            customerHangsUp(talk);

            List<ReservationEvent> endings =
                    gateway().reservationEndEvents(talk.task().workspace(), since);

            assertThat(endings).extracting(ReservationEvent::type).containsExactly(EventType.RESERVATION_WRAPUP);
            assertThat(endings.get(0).task()).isEqualTo(talk.task());
            assertThat(endings.get(0).reservation()).isEqualTo(talk.reservation());
            assertThat(gateway().reservationEndEvents(talk.task().workspace(), Instant.EPOCH))
                    .hasSize(2);
        }

        @Test
        void are_none_in_a_workspace_that_nobody_knows() {
            assertThat(gateway().reservationEndEvents(new WorkspaceSid("WS" + "9".repeat(32)), Instant.EPOCH))
                    .isEmpty();
        }
    }

    String etag(TaskRef task) {
        return gateway().task(task).orElseThrow().etag();
    }

    String read(TaskRef task) {
        return gateway().task(task).orElseThrow().attributes().text();
    }
}
