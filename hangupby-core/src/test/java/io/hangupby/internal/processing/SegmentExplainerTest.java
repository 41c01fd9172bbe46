package io.hangupby.internal.processing;

import static io.hangupby.internal.twilio.InMemoryTwilio.failing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.hangupby.call.AccountSid;
import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Participant;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.Transfer;
import io.hangupby.call.WorkerSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.Decider;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Explanation;
import io.hangupby.decision.Fact;
import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.Finding;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.RuleTrace;
import io.hangupby.decision.SegmentExplanation;
import io.hangupby.decision.Verdict;
import io.hangupby.decision.Vocabulary;
import io.hangupby.decision.WriteResult;
import io.hangupby.decision.WriteResult.Status;
import io.hangupby.decision.rules.DecisionRules;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.internal.event.TaskRouterEvent.TaskEvent;
import io.hangupby.internal.event.TaskRouterEvent.TransferEvent;
import io.hangupby.internal.journal.InMemoryTaskJournal;
import io.hangupby.internal.journal.RecordingQueue;
import io.hangupby.internal.journal.SchedulingPolicy;
import io.hangupby.internal.journal.TaskRecord;
import io.hangupby.internal.twilio.InMemoryTwilio;
import io.hangupby.internal.twilio.InMemoryTwilio.Request;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.testing.HandClock;
import io.hangupby.twilio.TwilioFailure;
import io.hangupby.twilio.WriteOnEventVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SegmentExplainerTest {
    private static final TaskRef TASK = new TaskRef(
            new AccountSid("AC" + "1".repeat(32)),
            new WorkspaceSid("WS" + "2".repeat(32)),
            new TaskSid("WT" + "3".repeat(32)));
    private static final ReservationSid ALICES = new ReservationSid("WR" + "4".repeat(32));
    private static final ReservationSid BOBS = new ReservationSid("WR" + "5".repeat(32));
    private static final ConferenceSid CONFERENCE = new ConferenceSid("CF" + "6".repeat(32));
    private static final CallSid CUSTOMER = new CallSid("CA" + "7".repeat(32));
    private static final CallSid AGENT = new CallSid("CA" + "8".repeat(32));
    private static final Address TELEPHONE = new Address("+15005550001");
    private static final String LIVE =
            "\"conference\":{\"sid\":\"%s\",\"participants\":{\"worker\":\"%s\",\"customer\":\"%s\"}}"
                    .formatted(CONFERENCE, AGENT, CUSTOMER);
    private static final String PLAIN = "{" + LIVE + "}";
    private static final String BARELY_MARKED = "{" + LIVE + ",\"conversations\":{\"hang_up_by\":\"agent\"}}";
    private static final Decider OURS = DecisionRules.decider(DecisionRules.defaults());

    private final HandClock clock = new HandClock(Instant.parse("2026-03-04T10:15:30Z"));
    private final InMemoryTwilio twilio = new InMemoryTwilio();
    private final InMemoryTaskJournal journal =
            new InMemoryTaskJournal(new RecordingQueue(), clock, 100, new SchedulingPolicy(false));

    private final Consumer<TaskRouterEvent> received = journal::append;
    private final Consumer<TaskRouterEvent> missed = twilio::put;

    private Explanation explain() {
        return explain(OURS);
    }

    private Explanation explain(Decider decider) {
        return new SegmentExplainer(
                        journal,
                        twilio,
                        decider,
                        new EngineSettings(true, Vocabulary.DEFAULT, false, false, false),
                        clock::step)
                .explain(TASK);
    }

    private void decide(Decider decider) {
        new SegmentProcessor(
                        journal,
                        twilio,
                        new NewestVersions(WriteOnEventVersion.NEVER, false),
                        decider,
                        new EngineSettings(true, Vocabulary.DEFAULT, false, false, false),
                        HangUpByListener.NOOP,
                        Telemetry.NOOP,
                        clock,
                        clock::step)
                .work(TASK, 0);
    }

    // ---- what happens to a call

    private void happens(Consumer<TaskRouterEvent> events, EventType type, ReservationSid reservation) {
        events.accept(new ReservationEvent(
                type,
                TASK,
                clock.instant(),
                reservation,
                Optional.of(new WorkerSid("WK" + "9".repeat(32))),
                Optional.of(TELEPHONE),
                type.isWrapUp() ? Optional.of(CONFERENCE) : Optional.empty()));
        clock.step(Duration.ofSeconds(20));
    }

    private void happens(Consumer<TaskRouterEvent> events, EventType type) {
        events.accept(new TaskEvent(type, TASK, clock.instant(), Optional.of(CONFERENCE)));
    }

    private void talks(Consumer<TaskRouterEvent> events, String attributes) {
        twilio.put(TASK, attributes);
        goesOn();
        happens(events, EventType.RESERVATION_ACCEPTED, ALICES);
    }

    private void goesOn() {
        twilio.put(new Conference(CONFERENCE, false, Optional.empty(), Optional.empty(), Optional.empty()));
        twilio.lists(CONFERENCE, new Participant(CUSTOMER, true, true), new Participant(AGENT, true, true));
        twilio.put(new Call(CUSTOMER, Call.Status.IN_PROGRESS, Optional.empty(), Optional.empty()));
    }

    private void hangsUp(CallSid leg) {
        twilio.put(new Conference(
                CONFERENCE,
                true,
                Optional.of(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT),
                Optional.of(leg),
                Optional.of(clock.instant())));
        twilio.put(new Call(CUSTOMER, Call.Status.COMPLETED, Optional.empty(), Optional.of(clock.instant())));
    }

    private void customerHangsUp(Consumer<TaskRouterEvent> events) {
        talks(events, PLAIN);
        hangsUp(CUSTOMER);
        happens(events, EventType.RESERVATION_WRAPUP, ALICES);
    }

    /** Alice hands the customer on to Bob and leaves. */
    private void aliceTransfers(Consumer<TaskRouterEvent> events, String attributes) {
        talks(events, attributes);
        events.accept(new TransferEvent(
                EventType.TRANSFER_INITIATED,
                TASK,
                clock.instant(),
                Optional.of(ALICES),
                Optional.of(Transfer.Mode.COLD)));
        happens(events, EventType.RESERVATION_WRAPUP, ALICES);
        happens(events, EventType.RESERVATION_ACCEPTED, BOBS);
    }

    private static List<String> rules(SegmentExplanation explained) {
        return explained.rules().stream().map(RuleTrace::rule).toList();
    }

    private static SegmentExplanation only(Explanation explanation) {
        assertThat(explanation.segments()).hasSize(1);
        return explanation.segments().get(0);
    }

    @Nested
    class AVerdictThatIsRemembered {

        @Test
        void is_explained_by_what_was_known_then() {
            customerHangsUp(received);
            decide(OURS);
            twilio.forgetRequests();
            hangsUp(AGENT);
            twilio.put(TASK, BARELY_MARKED);

            SegmentExplanation explained = only(explain());

            assertThat(twilio.asked()).isEmpty();
            assertThat(explained.segment().reservation()).isEqualTo(ALICES);
            assertThat(explained.verdict().endedBy()).contains(EndedBy.CUSTOMER);
            assertThat(explained.written()).contains(new WriteResult(Status.WRITTEN, "written"));
            assertThat(explained.evidence())
                    .containsExactly(
                            new Fact(
                                    Source.CONFERENCE,
                                    "it ended, participant-with-end-conference-on-exit-left, by the customer's leg"),
                            new Fact(Source.EVENTS, "the agent's leg left at 2026-03-04 10:15:50.000 UTC"),
                            new Fact(Source.EVENTS, "the agent was on a telephone"),
                            new Fact(Source.CALL, "the customer's call is completed"),
                            new Fact(Source.TASK, "no plugin marked a click of this agent"),
                            new Fact(Source.EVENTS, "talk time: 20 s"));
            assertThat(explain().note()).isEmpty();
        }

        @Test
        void names_every_rule_that_was_tried() {
            customerHangsUp(received);
            decide(OURS);

            List<RuleTrace> rules = only(explain()).rules();

            assertThat(rules).hasSize(10);
            assertThat(rules.get(0))
                    .isEqualTo(new RuleTrace("not-a-customer-call", Finding.noMatch("a customer was on a line")));
            assertThat(rules.subList(0, 9)).allMatch(tried -> tried.finding() instanceof Finding.NoMatch);
            assertThat(rules.get(9))
                    .hasToString("customer-left: matches, the customer hung up, and that ended the conference");
        }

        @Test
        void keeps_what_became_of_it_later() {
            aliceTransfers(received, PLAIN);
            decide(OURS);
            hangsUp(CUSTOMER);
            happens(received, EventType.RESERVATION_WRAPUP, BOBS);
            decide(OURS);
            assertThat(explain().segments().get(1).written().orElseThrow().status())
                    .isEqualTo(Status.WAITING);
            happens(received, EventType.RESERVATION_COMPLETED, ALICES);
            decide(OURS);
            twilio.forgetRequests();

            SegmentExplanation bobs = explain().segments().get(1);

            assertThat(twilio.asked()).isEmpty();
            assertThat(bobs.written()).contains(new WriteResult(Status.WRITTEN, "written"));
            assertThat(rules(bobs)).endsWith("customer-left");
        }

        @Test
        void keeps_its_evidence_where_its_value_came_too_late() {
            aliceTransfers(received, PLAIN);
            decide(OURS);
            hangsUp(CUSTOMER);
            happens(received, EventType.RESERVATION_WRAPUP, BOBS);
            decide(OURS);
            happens(received, EventType.RESERVATION_COMPLETED, BOBS);
            decide(OURS);

            SegmentExplanation bobs = explain().segments().get(1);

            assertThat(bobs.written().orElseThrow().status()).isEqualTo(Status.COLLIDED);
            assertThat(rules(bobs)).endsWith("customer-left");
        }

        @Test
        void on_a_task_that_was_gone_has_no_rules() {
            customerHangsUp(received);
            twilio.delete(TASK);
            decide(OURS);

            SegmentExplanation explained = only(explain());

            assertThat(explained.verdict().reason()).isEqualTo("Twilio no longer has the task");
            assertThat(explained.rules()).isEmpty();
        }

        @Test
        void on_a_task_that_could_not_be_read_has_no_rules() {
            customerHangsUp(received);
            twilio.put(TASK, "[]");
            decide(OURS);

            SegmentExplanation explained = only(explain());

            assertThat(explained.verdict().reason()).isEqualTo("the task's attributes cannot be read");
            assertThat(explained.rules()).isEmpty();
        }

        @Test
        void of_a_users_own_decider_is_explained_by_its_verdict() {
            Verdict verdict = new Verdict(
                    Optional.of(EndedBy.SYSTEM), "mine", "so I say", List.of(new Fact(Source.SETTING, "I was asked")));
            Decider own = evidence -> verdict;
            customerHangsUp(received);
            decide(own);

            SegmentExplanation explained = only(explain(own));

            assertThat(explained.verdict()).isEqualTo(verdict);
            assertThat(explained.rules()).singleElement().hasToString("mine: matches, so I say");
            assertThat(explained.evidence())
                    .contains(verdict.facts().get(0), new Fact(Source.CALL, "the customer's call is completed"));
        }
    }

    @Nested
    class ACallOfWhichNothingIsRemembered {

        @Test
        void is_looked_up_and_nothing_is_written_or_remembered() {
            customerHangsUp(missed);

            Explanation explanation = explain();

            SegmentExplanation explained = only(explanation);
            assertThat(explained.verdict().endedBy()).contains(EndedBy.CUSTOMER);
            assertThat(rules(explained)).endsWith("customer-left");
            assertThat(explained.written()).isEmpty();
            assertThat(explanation.note()).isEmpty();
            assertThat(twilio.asked()).containsExactly(Request.EVENTS, Request.CONFERENCE, Request.TASK, Request.CALL);
            assertThat(twilio.attributes(TASK)).isEqualTo(PLAIN);
            assertThat(journal.read(TASK).timeline().events()).isEmpty();
            assertThat(journal.read(TASK).outcomes()).isEmpty();
        }

        @Test
        void tells_of_each_agent_in_the_order_in_which_they_left() {
            aliceTransfers(missed, PLAIN);
            hangsUp(CUSTOMER);
            happens(missed, EventType.RESERVATION_WRAPUP, BOBS);

            Explanation explanation = explain();

            assertThat(explanation.segments())
                    .extracting(
                            explained -> explained.segment().reservation(),
                            explained -> explained.verdict().rule())
                    .containsExactly(tuple(ALICES, "cold-transfer"), tuple(BOBS, "customer-left"));
            assertThat(explanation.segments().get(1).evidence())
                    .contains(new Fact(
                            Source.EVENTS, "another agent started a cold transfer at 2026-03-04 10:15:50.000 UTC"));
            assertThat(explanation.note()).isEmpty();
        }

        @Test
        void tells_first_of_the_agent_who_left_first() {
            talks(missed, PLAIN);
            happens(missed, EventType.RESERVATION_ACCEPTED, BOBS);
            happens(missed, EventType.RESERVATION_WRAPUP, BOBS);
            hangsUp(CUSTOMER);
            happens(missed, EventType.RESERVATION_WRAPUP, ALICES);

            assertThat(explain().segments())
                    .extracting(explained -> explained.segment().reservation())
                    .containsExactly(BOBS, ALICES);
        }

        @Test
        void a_marker_that_names_nobody_is_the_first_agents_only() {
            talks(missed, BARELY_MARKED);
            happens(missed, EventType.RESERVATION_ACCEPTED, BOBS);
            twilio.put(new Conference(
                    CONFERENCE,
                    true,
                    Optional.of(EndReason.CONFERENCE_ENDED_VIA_API),
                    Optional.empty(),
                    Optional.of(clock.instant())));
            happens(missed, EventType.RESERVATION_WRAPUP, ALICES);
            clock.step(Duration.ofSeconds(-20));
            happens(missed, EventType.RESERVATION_WRAPUP, BOBS);

            assertThat(explain().segments())
                    .extracting(explained -> explained.verdict().endedBy().orElseThrow())
                    .containsExactly(EndedBy.AGENT, EndedBy.SYSTEM);
        }

        @Test
        void whose_task_cannot_be_read_has_no_rules() {
            customerHangsUp(missed);
            twilio.put(TASK, "[]");

            SegmentExplanation explained = only(explain());

            assertThat(explained.verdict().reason()).isEqualTo("the task's attributes cannot be read");
            assertThat(explained.rules()).isEmpty();
        }

        @Test
        void and_that_twilio_no_longer_has_is_no_failure() {
            Explanation explanation = explain();

            assertThat(explanation.segments()).isEmpty();
            assertThat(explanation.note().orElseThrow()).startsWith("Twilio no longer has this task");
        }

        @Test
        void and_of_which_twilio_has_only_the_events_is_no_failure() {
            customerHangsUp(missed);
            twilio.delete(TASK);

            Explanation explanation = explain();

            assertThat(explanation.segments()).isEmpty();
            assertThat(explanation.note().orElseThrow()).startsWith("Twilio no longer has this task");
        }

        @Test
        void that_was_over_before_an_agent_took_it_says_so() {
            twilio.put(TASK, PLAIN);
            twilio.complete(TASK);

            assertThat(explain().note().orElseThrow())
                    .startsWith("This call is over")
                    .contains("24 hours");
        }

        @Test
        void that_cannot_be_looked_up_is_twilios_failure() {
            customerHangsUp(missed);
            twilio.always(Request.TASK, failing(TwilioFailure.Kind.UNAVAILABLE));

            assertThatThrownBy(SegmentExplainerTest.this::explain)
                    .isInstanceOfSatisfying(
                            TwilioFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(TwilioFailure.Kind.UNAVAILABLE));
        }

        @Test
        void shows_nobodys_number() {
            customerHangsUp(missed);

            assertThat(explain().toString())
                    .contains("the agent was on a telephone")
                    .doesNotContain(TELEPHONE.value(), "5005550001");
        }
    }

    @Nested
    class ACallThatIsKnownInPart {

        @Test
        void whose_wrap_up_was_missed_is_looked_up() {
            talks(received, PLAIN);
            hangsUp(CUSTOMER);
            happens(missed, EventType.RESERVATION_WRAPUP, ALICES);
            TaskRecord before = journal.read(TASK);

            assertThat(only(explain()).verdict().rule()).isEqualTo("customer-left");
            assertThat(journal.read(TASK)).isEqualTo(before);
            assertThat(twilio.asked(Request.UPDATE)).isZero();
        }

        @Test
        void whose_end_is_not_decided_yet_is_looked_up() {
            customerHangsUp(received);

            assertThat(only(explain()).written()).isEmpty();
        }

        @Test
        void explains_the_decided_agent_by_what_was_known_and_the_other_by_a_look() {
            aliceTransfers(received, PLAIN);
            decide(OURS);
            hangsUp(CUSTOMER);
            happens(missed, EventType.RESERVATION_WRAPUP, BOBS);

            assertThat(explain().segments())
                    .extracting(explained -> explained.written().map(WriteResult::status))
                    .containsExactly(Optional.of(Status.WRITTEN), Optional.empty());
        }

        @Test
        void tells_of_one_whose_task_is_gone() {
            aliceTransfers(received, PLAIN);
            decide(OURS);
            happens(missed, EventType.RESERVATION_WRAPUP, BOBS);
            twilio.delete(TASK);

            Explanation explanation = explain();

            assertThat(only(explanation).segment().reservation()).isEqualTo(ALICES);
            assertThat(explanation.note().orElseThrow()).startsWith("Another segment of this call is over too");
        }

        @Test
        void in_a_talk_has_nothing_to_explain_yet() {
            talks(received, PLAIN);

            Explanation explanation = explain();

            assertThat(explanation.segments()).isEmpty();
            assertThat(explanation.note()).contains("No segment of this call is over yet.");
        }

        @Test
        void in_the_queue_has_nothing_to_explain_yet() {
            happens(received, EventType.TASK_CREATED);
            twilio.put(TASK, "{}");

            assertThat(explain().note()).contains("No segment of this call is over yet.");
        }

        @Test
        void that_nobody_took_says_so() {
            happens(received, EventType.TASK_CREATED);
            happens(received, EventType.TASK_CANCELED);

            assertThat(explain().note().orElseThrow()).startsWith("This call is over");
        }

        @Test
        void that_was_wrapped_up_by_nobody_says_so() {
            happens(received, EventType.TASK_WRAPUP);

            assertThat(explain().note().orElseThrow()).startsWith("This call is over");
        }

        @Test
        void that_goes_on_with_another_agent_says_so() {
            aliceTransfers(received, PLAIN);
            decide(OURS);

            Explanation explanation = explain();

            assertThat(only(explanation).verdict().rule()).isEqualTo("cold-transfer");
            assertThat(explanation.note()).contains("The call goes on: another agent has it, or is to get it.");
        }
    }
}
