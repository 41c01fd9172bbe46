package io.hangupby.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The first rule that applies gives the verdict. */
final class OrderedDecider implements Decider {
    /** What a verdict names where no rule applies. */
    static final String UNDECIDED = "undecided";

    private final List<DecisionRule> rules;

    OrderedDecider(List<DecisionRule> rules) {
        this.rules = List.copyOf(rules);
    }

    @Override
    public Verdict decide(CallEvidence evidence) {
        for (DecisionRule rule : rules) {
            if (rule.evaluate(evidence) instanceof Finding.Matches matches) {
                return new Verdict(
                        matches.endedBy(), rule.id(), matches.reason(), matches.destination(), matches.facts());
            }
        }
        return new Verdict(
                Optional.of(EndedBy.UNKNOWN), UNDECIDED, "the evidence does not say who ended it", evidence.facts());
    }

    @Override
    public List<RuleTrace> trace(CallEvidence evidence) {
        List<RuleTrace> tried = new ArrayList<>();
        for (DecisionRule rule : rules) {
            Finding finding = rule.evaluate(evidence);
            tried.add(new RuleTrace(rule.id(), finding));
            if (finding instanceof Finding.Matches) {
                return List.copyOf(tried);
            }
        }
        tried.addAll(Decider.super.trace(evidence));
        return List.copyOf(tried);
    }

    @Override
    public Optional<Question> openQuestion(CallEvidence evidence) {
        for (DecisionRule rule : rules) {
            Finding finding = rule.evaluate(evidence);
            if (finding instanceof Finding.Needs needs) {
                return Optional.of(needs.question());
            }
            if (finding instanceof Finding.Matches) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
