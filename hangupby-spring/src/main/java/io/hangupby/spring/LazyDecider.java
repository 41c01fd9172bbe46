package io.hangupby.spring;

import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Decider;
import io.hangupby.decision.Evaluation;
import io.hangupby.decision.Question;
import io.hangupby.decision.Verdict;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;

/** Resolves the application's decider when it is needed first, because it may need {@code HangUpBy} itself. */
final class LazyDecider implements Decider {
    private final Supplier<Decider> decider;

    LazyDecider(Supplier<Decider> decider) {
        this.decider = SingletonSupplier.of(decider);
    }

    /** Returns the decider, and resolves it if necessary. */
    Decider resolved() {
        return decider.get();
    }

    @Override
    public Verdict decide(CallEvidence evidence) {
        return resolved().decide(evidence);
    }

    @Override
    public List<Question> openQuestions(CallEvidence evidence) {
        return resolved().openQuestions(evidence);
    }

    @Override
    public Evaluation evaluate(CallEvidence evidence) {
        return resolved().evaluate(evidence);
    }
}
