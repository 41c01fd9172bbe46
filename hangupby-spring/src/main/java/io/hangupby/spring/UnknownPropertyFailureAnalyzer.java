package io.hangupby.spring;

import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Names unknown properties below {@code hangupby}. Runs before Spring Boot's analyzer, which would show values, and a
 * value can be a token.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {
    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("hangupby");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, UnboundConfigurationPropertiesException cause) {
        TreeSet<String> unknown = cause.getUnboundProperties().stream()
                .filter(property -> OURS.isAncestorOf(property.getName()))
                .map(property -> property.getName()
                        + Optional.ofNullable(property.getOrigin())
                                .map(origin -> " (" + origin + ")")
                                .orElse(""))
                .collect(Collectors.toCollection(TreeSet::new));
        return unknown.isEmpty()
                ? null
                : new FailureAnalysis(
                        "hangupby cannot start: it has no property " + String.join(", and no property ", unknown) + ".",
                        "Correct the name, as in hangupby's docs/configuration.md, or remove the property. To start without hangupby, set hangupby.enabled=false.",
                        failure);
    }
}
