package io.hangupby.spring;

import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.decision.DryRunComparison;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Outcome;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;

/** Resolves the application's listeners when the first of them is needed, because they may need {@code HangUpBy} themselves. */
final class LazyListener implements HangUpByListener {
    private final Supplier<HangUpByListener> listeners;

    LazyListener(Supplier<HangUpByListener> listeners) {
        this.listeners = SingletonSupplier.of(listeners);
    }

    /** Returns the listeners, and resolves them if necessary. */
    HangUpByListener resolved() {
        return listeners.get();
    }

    @Override
    public void onSegmentEnded(Segment segment) {
        resolved().onSegmentEnded(segment);
    }

    @Override
    public void onOutcome(Outcome outcome) {
        resolved().onOutcome(outcome);
    }

    @Override
    public void onParked(TaskRef task, String reason) {
        resolved().onParked(task, reason);
    }

    @Override
    public void onCollision(Outcome outcome) {
        resolved().onCollision(outcome);
    }

    @Override
    public void onCompleted(Outcome outcome) {
        resolved().onCompleted(outcome);
    }

    @Override
    public void onAudited(Outcome outcome) {
        resolved().onAudited(outcome);
    }

    @Override
    public void onCompared(Outcome outcome, DryRunComparison comparison) {
        resolved().onCompared(outcome, comparison);
    }
}
