package io.hangupby.spring;

import io.hangupby.micrometer.MicrometerTelemetry;
import io.hangupby.telemetry.Telemetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Records metrics in the application's meter registry, and observations if the application has an observation registry.
 * A bean of type {@link Telemetry} replaces this telemetry. {@code management.metrics.enable.hangupby=false} disables
 * the meters.
 */
@AutoConfiguration(
        before = HangUpByAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnClass(name = "io.micrometer.core.instrument.MeterRegistry")
@ConditionalOnSingleCandidate(MeterRegistry.class)
public class HangUpByMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(Telemetry.class)
    Telemetry hangUpByTelemetry(MeterRegistry meters, ObjectProvider<ObservationRegistry> observations) {
        return MicrometerTelemetry.of(meters, observations.getIfUnique(() -> ObservationRegistry.NOOP));
    }
}
