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

/** An explanation as the page shows it, with no telephone number in it. Immutable. */
record ExplanationView(String task, Optional<String> note, List<Part> segments) {

    ExplanationView {
        segments = List.copyOf(segments);
    }

    /** One agent's part; {@code written} is empty if Twilio was looked at just now, and nothing written. */
    record Part(
            String reservation,
            Optional<String> worker,
            Optional<String> name,
            long left,
            Optional<EndedBy> answer,
            Optional<String> value,
            String rule,
            String reason,
            Optional<String> written,
            List<Evidence> restsOn,
            List<Evidence> alsoKnown,
            List<Rule> rules) {

        Part {
            restsOn = List.copyOf(restsOn);
            alsoKnown = List.copyOf(alsoKnown);
            rules = List.copyOf(rules);
        }
    }

    record Evidence(Fact.Source source, String statement) {
        static Evidence of(Fact fact) {
            return new Evidence(fact.source(), PhoneNumbers.masked(fact.statement()));
        }
    }

    record Rule(String rule, boolean applies, String says) {
        static Rule of(RuleTrace tried) {
            String sentence = PhoneNumbers.masked(tried.toString());
            return new Rule(
                    tried.rule(),
                    tried.finding() instanceof Finding.Matches,
                    sentence.substring(tried.rule().length() + 2));
        }
    }

    static ExplanationView of(Explanation explanation, AgentNames names, WireValues values) {
        return new ExplanationView(
                explanation.task().task().value(),
                explanation.note().map(PhoneNumbers::masked),
                explanation.segments().stream()
                        .map(segment -> part(segment, names, values))
                        .toList());
    }

    private static Part part(SegmentExplanation explained, AgentNames names, WireValues values) {
        List<Fact> decisive = explained.verdict().facts();
        Optional<WorkerSid> worker = explained.segment().worker();
        Optional<EndedBy> answer = explained.verdict().endedBy();
        return new Part(
                explained.segment().reservation().value(),
                worker.map(WorkerSid::value),
                worker.flatMap(names::of),
                explained.segment().left().toEpochMilli(),
                answer,
                answer.flatMap(values::of),
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
