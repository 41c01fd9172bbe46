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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Evaluates rules in their order until one matches. The questions that rules need until then are the open questions. */
final class OrderedDecider implements Decider {
    private static final Undecided UNDECIDED = new Undecided();

    private final List<DecisionRule> rules;

    OrderedDecider(List<DecisionRule> rules) {
        this.rules = List.copyOf(rules);
    }

    @Override
    public Evaluation evaluate(CallEvidence evidence) {
        List<RuleTrace> trace = new ArrayList<>();
        Set<Question> open = new LinkedHashSet<>();
        for (DecisionRule rule : rules) {
            Finding finding = Objects.requireNonNull(
                    rule.evaluate(evidence), () -> "rule " + rule.id() + " returned null in place of Finding.noMatch");
            trace.add(new RuleTrace(rule.id(), finding));
            if (finding instanceof Finding.Matches match) {
                return new Evaluation(trace, List.copyOf(open), Verdict.of(rule, match));
            }
            if (finding instanceof Finding.Needs needs) {
                open.add(needs.question());
            }
        }
        // A leg that left near the agent's end can be the agent's: its Call says so.
        evidence.questions().whoLeft().ifPresent(open::add);
        Finding.Matches silent = UNDECIDED.evaluate(evidence);
        trace.add(new RuleTrace(UNDECIDED.id(), silent));
        return new Evaluation(trace, List.copyOf(open), Verdict.of(UNDECIDED, silent));
    }

    @Override
    public Verdict decide(CallEvidence evidence) {
        return evaluate(evidence).verdict();
    }

    @Override
    public List<Question> openQuestions(CallEvidence evidence) {
        return evaluate(evidence).openQuestions();
    }
}
