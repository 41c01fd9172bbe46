package io.hangupby.spring;

import io.hangupby.HangUpBy;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Adds a health indicator for Spring Boot 3, which is down if events cannot be stored, and degraded if values cannot
 * be written. {@code
 * management.health.hangupby.enabled=false} disables the indicator.
 */
@AutoConfiguration(after = HangUpByAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
@ConditionalOnBean(HangUpBy.class)
@ConditionalOnProperty(name = "management.health.hangupby.enabled", matchIfMissing = true)
public class HangUpByBoot3HealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "hangupbyHealthIndicator")
    HealthIndicator hangupbyHealthIndicator(HangUpBy hangUpBy) {
        return () -> health(HealthReport.of(hangUpBy.status()));
    }

    private static Health health(HealthReport report) {
        return Health.status(report.status()).withDetails(report.details()).build();
    }
}
