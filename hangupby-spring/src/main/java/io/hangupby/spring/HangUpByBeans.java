package io.hangupby.spring;

import io.hangupby.decision.Decider;
import io.hangupby.decision.HangUpByListener;
import java.util.Optional;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The application's beans that take part in the work, and that may need {@code HangUpBy} themselves. They are resolved when they are needed
 * first, after the start at the latest, so that a bean that fails stops the start.
 */
final class HangUpByBeans implements SmartInitializingSingleton {
    private final LazyListener listener;
    private final Optional<LazyDecider> decider;

    HangUpByBeans(
            ObjectProvider<HangUpByListener> listeners, ObjectProvider<Decider> decider, ListableBeanFactory beans) {
        this.listener = new LazyListener(
                () -> listeners.orderedStream().reduce(HangUpByListener.NOOP, HangUpByListener::andThen));
        boolean hasDecider = beans.getBeanNamesForType(Decider.class, true, false).length > 0;
        this.decider = Optional.of(new LazyDecider(decider::getObject)).filter(lazy -> hasDecider);
    }

    HangUpByListener listener() {
        return listener;
    }

    Optional<Decider> decider() {
        return decider.map(lazy -> lazy);
    }

    @Override
    public void afterSingletonsInstantiated() {
        listener.resolved();
        decider.ifPresent(LazyDecider::resolved);
    }
}
