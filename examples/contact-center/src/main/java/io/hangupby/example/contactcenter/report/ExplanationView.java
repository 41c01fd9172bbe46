package io.hangupby.example.contactcenter.report;

import io.hangupby.call.WorkerSid;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Explanation;
import io.hangupby.decision.Fact;
import io.hangupby.decision.Finding;
import io.hangupby.decision.RuleTrace;
import io.hangupby.decision.SegmentExplanation;
import io.hangupby.decision.WriteResult;
import java.util.List;
import java.util.Optional;

/** An explanation as the page shows it, with telephone numbers masked. Immutable. */
record ExplanationView(String task, Optional<String> note, List<SegmentView> segments) {

    ExplanationView {
        segments = List.copyOf(segments);
    }

    /**
     * One segment; {@code written} is empty if the verdict was decided for this explanation only, and nothing was
     * written.
     */
    record SegmentView(
            String reservation,
            Optional<String> worker,
            Optional<String> name,
            long left,
            Optional<EndedBy> endedBy,
            Optional<String> value,
            String rule,
            String reason,
            Optional<String> written,
            List<Evidence> decisive,
            List<Evidence> other,
            List<Rule> rules) {

        SegmentView {
            decisive = List.copyOf(decisive);
            other = List.copyOf(other);
            rules = List.copyOf(rules);
        }
    }

    record Evidence(Fact.Source source, String statement) {
        static Evidence of(Fact fact) {
            return new Evidence(fact.source(), PhoneNumbers.masked(fact.statement()));
        }
    }

    record Rule(String rule, boolean matches, String says) {
        static Rule of(RuleTrace trace) {
            String sentence = PhoneNumbers.masked(trace.toString());
            return new Rule(
                    trace.rule(),
                    trace.finding() instanceof Finding.Matches,
                    sentence.substring(trace.rule().length() + 2));
        }
    }

    static ExplanationView of(Explanation explanation, AgentNames names, WireValues values) {
        return new ExplanationView(
                explanation.task().task().value(),
                explanation.note().map(PhoneNumbers::masked),
                explanation.segments().stream()
                        .map(segment -> view(segment, names, values))
                        .toList());
    }

    private static SegmentView view(SegmentExplanation explained, AgentNames names, WireValues values) {
        List<Fact> decisive = explained.verdict().facts();
        Optional<WorkerSid> worker = explained.segment().worker();
        Optional<EndedBy> endedBy = explained.verdict().endedBy();
        return new SegmentView(
                explained.segment().reservation().value(),
                worker.map(WorkerSid::value),
                worker.flatMap(names::of),
                explained.segment().left().toEpochMilli(),
                endedBy,
                endedBy.flatMap(values::of),
                explained.verdict().rule(),
                PhoneNumbers.masked(explained.verdict().reason()),
                explained.written().map(WriteResult::detail).map(PhoneNumbers::masked),
                decisive.stream().map(Evidence::of).toList(),
                explained.evidence().stream()
                        .filter(fact -> !decisive.contains(fact))
                        .map(Evidence::of)
                        .toList(),
                explained.rules().stream().map(Rule::of).toList());
    }
}
