package io.hangupby.spring;

import io.hangupby.HangUpByConfigurationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows which setting keeps hangupby from starting, and the remedy, without a stack trace. */
final class HangUpByConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<HangUpByConfigurationException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, HangUpByConfigurationException cause) {
        String remedy = Character.toUpperCase(cause.remedy().charAt(0))
                + cause.remedy().substring(1) + ". To start without hangupby, set hangupby.enabled=false.";
        return new FailureAnalysis(
                "hangupby cannot start: the property " + cause.property() + " " + cause.problem() + ".", remedy, cause);
    }
}
