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
            if (rule.examine(evidence) instanceof Finding.Applies applies) {
                return new Verdict(
                        applies.endedBy(), rule.id(), applies.reason(), applies.destination(), applies.facts());
            }
        }
        return new Verdict(
                Optional.of(EndedBy.UNKNOWN), UNDECIDED, "the evidence does not say who ended it", evidence.facts());
    }

    @Override
    public List<RuleTried> rulesTried(CallEvidence evidence) {
        List<RuleTried> tried = new ArrayList<>();
        for (DecisionRule rule : rules) {
            Finding finding = rule.examine(evidence);
            tried.add(new RuleTried(rule.id(), finding));
            if (finding instanceof Finding.Applies) {
                return List.copyOf(tried);
            }
        }
        tried.addAll(Decider.super.rulesTried(evidence));
        return List.copyOf(tried);
    }

    @Override
    public Optional<Question> openQuestion(CallEvidence evidence) {
        for (DecisionRule rule : rules) {
            Finding finding = rule.examine(evidence);
            if (finding instanceof Finding.Asks asks) {
                return Optional.of(asks.question());
            }
            if (finding instanceof Finding.Applies) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
