package io.hangupby.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Conference.EndReason;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Decider;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Evaluation;
import io.hangupby.decision.Verdict;
import io.hangupby.decision.Vocabulary;
import io.hangupby.decision.rules.DecisionRules;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.internal.journal.WorkResult;
import io.hangupby.internal.twilio.InMemoryTwilio.Request;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often the loop evaluates a segment and reads the journal. */
class SegmentLoopTest extends SegmentProcessorFixture {
    private final List<CallEvidence> evaluated = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final SegmentProcessor counting =
            engine(counted(journal), counted(DecisionRules.ours().decider()), settings(Vocabulary.DEFAULT), reported);

    @Test
    void a_segment_is_evaluated_once_if_no_rule_asks_anything() {
        customerIsRemoved(PLAIN);

        counting.work(TASK, 0);

        assertThat(value()).contains("agent");
        assertThat(evaluated).hasSize(1);
    }

    @Test
    void a_segment_is_evaluated_once_more_for_each_reply() {
        customerHangsUp(PLAIN);

        counting.work(TASK, 0);

        assertThat(value()).contains("customer");
        assertThat(twilio.asked()).containsExactly(Request.CONFERENCE, Request.TASK, Request.CALL, Request.UPDATE);
        assertThat(evaluated).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void a_segment_is_evaluated_once_more_for_a_version_with_another_marker() {
        agentDrops(PLAIN);
        twilio.before(Request.UPDATE, () -> twilio.edit(TASK, SegmentProcessorFixture::marked));

        counting.work(TASK, 0);

        assertThat(reported.only().verdict().endedBy()).contains(EndedBy.AGENT);
        assertThat(evaluated).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void a_version_that_says_the_same_is_not_evaluated_again() {
        agentDrops(PLAIN);
        twilio.before(Request.UPDATE, () -> twilio.edit(TASK, text -> text + " "));

        counting.work(TASK, 0);

        assertThat(value()).contains("disconnect");
        assertThat(twilio.asked(Request.UPDATE)).isEqualTo(2);
        assertThat(evaluated).hasSize(2);
    }

    @Test
    void a_verdict_that_rests_on_an_absence_is_evaluated_again_only_with_further_events() {
        twilio.put(TASK, PLAIN);
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
        wrapsUp();

        counting.work(TASK, 0);

        assertThat(value()).contains("disconnect");
        assertThat(twilio.asked(Request.EVENTS)).isEqualTo(1);
        assertThat(evaluated).hasSize(2);
    }

    @Test
    void the_journal_is_read_once_a_turn() {
        customerHangsUp(PLAIN);

        assertThat(counting.work(TASK, 0)).isEqualTo(new WorkResult.Complete());
        assertThat(calls).containsExactly("read", "record");
        calls.clear();

        arrives(EventType.RESERVATION_ACCEPTED, BOBS, BOBS_BROWSER);
        arrives(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);
        counting.work(TASK, 0);

        assertThat(value()).isEmpty();
        assertThat(calls).containsExactly("read", "recordTakenOff", "record");
    }

    private static EngineSettings settings(Vocabulary vocabulary) {
        return new EngineSettings(true, vocabulary, false, false, false);
    }

    private Decider counted(Decider decider) {
        return new Decider() {
            @Override
            public Verdict decide(CallEvidence evidence) {
                return evaluate(evidence).verdict();
            }

            @Override
            public Evaluation evaluate(CallEvidence evidence) {
                evaluated.add(evidence);
                return decider.evaluate(evidence);
            }
        };
    }

    private TaskJournal counted(TaskJournal journal) {
        return (TaskJournal) Proxy.newProxyInstance(
                TaskJournal.class.getClassLoader(), new Class<?>[] {TaskJournal.class}, (proxy, method, args) -> {
                    calls.add(method.getName());
                    try {
                        return method.invoke(journal, args);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }
}
