package io.hangupby.spring;

import io.hangupby.HangUpBy;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Says why there is no {@link HangUpBy} to inject, when a setting left it out. Runs before Spring Boot's analyzer, which
 * would advise to define one.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class DisabledHangUpByFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {
    private final Environment environment;

    DisabledHangUpByFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, NoSuchBeanDefinitionException cause) {
        if (cause.getBeanType() != HangUpBy.class || environment.getProperty("hangupby.enabled", Boolean.class, true)) {
            return null;
        }
        return new FailureAnalysis(
                dependent(failure) + " needs HangUpBy, and there is none, because hangupby.enabled is false.",
                "Let it take ObjectProvider<HangUpBy> in place of HangUpBy. In a test, you can also remove hangupby.enabled=false,"
                        + " and add @TwilioSimulatorTest of io.hangupby:hangupby-test.",
                cause);
    }

    private static String dependent(Throwable failure) {
        String name = "A bean";
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof UnsatisfiedDependencyException unsatisfied) {
                name = "The bean " + unsatisfied.getBeanName();
            }
        }
        return name;
    }
}
