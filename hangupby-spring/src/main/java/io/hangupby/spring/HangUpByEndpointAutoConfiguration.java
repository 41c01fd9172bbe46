package io.hangupby.spring;

import io.hangupby.HangUpBy;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Adds the actuator endpoint {@code hangupby}. Spring Boot exposes it only where {@code management.endpoints.web.exposure.include}
 * names it.
 */
@AutoConfiguration(after = HangUpByAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.annotation.Endpoint")
@ConditionalOnBean(HangUpBy.class)
public class HangUpByEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "hangupbyEndpoint")
    HangUpByEndpoint hangupbyEndpoint(HangUpBy hangUpBy) {
        return new HangUpByEndpoint(hangUpBy);
    }
}
