package io.hangupby.decision.rules;

import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Decider;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.Evaluation;
import io.hangupby.decision.Finding;
import io.hangupby.decision.Question;
import io.hangupby.decision.RuleTrace;
import io.hangupby.decision.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Evaluates rules in their order until one matches. The first question that a rule needs is the open question. */
final class OrderedDecider implements Decider {
    private final List<DecisionRule> rules;

    OrderedDecider(List<DecisionRule> rules) {
        List<DecisionRule> all = new ArrayList<>(rules);
        all.add(new Undecided());
        this.rules = List.copyOf(all);
    }

    @Override
    public Evaluation evaluate(CallEvidence evidence) {
        List<RuleTrace> trace = new ArrayList<>();
        Optional<Question> open = Optional.empty();
        for (DecisionRule rule : rules) {
            Finding finding = rule.evaluate(evidence);
            trace.add(new RuleTrace(rule.id(), finding));
            if (finding instanceof Finding.Matches match) {
                return new Evaluation(trace, open, Verdict.of(rule, match));
            }
            if (open.isEmpty() && finding instanceof Finding.Needs needs) {
                open = Optional.of(needs.question());
            }
        }
        throw new IllegalStateException("the last rule always matches");
    }

    @Override
    public Verdict decide(CallEvidence evidence) {
        return evaluate(evidence).verdict();
    }

    @Override
    public Optional<Question> openQuestion(CallEvidence evidence) {
        return evaluate(evidence).openQuestion();
    }
}
