package io.hangupby.spring;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;

/** An application without rules, for tests that are not about Spring Security. */
@Configuration(proxyBeanMethods = false)
class OpenToAll {
    @Bean
    SecurityFilterChain noRules() {
        return new DefaultSecurityFilterChain(request -> true);
    }
}
