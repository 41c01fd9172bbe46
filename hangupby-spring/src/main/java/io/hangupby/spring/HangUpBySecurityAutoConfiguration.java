package io.hangupby.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Lets requests to the servlet of hangupby pass Spring Security, because hangupby verifies Twilio's signature itself. The filter chain has
 * no filters: no login, no CSRF token and no session. All other requests keep the application's rules, or Spring Boot's. {@code
 * hangupby.security.enabled=false} leaves hangupby's requests to these rules too.
 *
 * <p>Comes last, because Spring Boot protects an application by default only if it has no filter chain yet.
 */
@AutoConfiguration(
        after = HangUpByServletAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration"
        })
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(name = "org.springframework.security.web.SecurityFilterChain")
@ConditionalOnProperty(
        prefix = "hangupby",
        name = {"enabled", "security.enabled"},
        matchIfMissing = true)
public class HangUpBySecurityAutoConfiguration {

    /** Goes by the servlet that the container has chosen, so that no other spelling of a path passes with it. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @ConditionalOnMissingBean(name = "hangUpBySecurityFilterChain")
    SecurityFilterChain hangUpBySecurityFilterChain() {
        return new DefaultSecurityFilterChain(request -> HangUpByServletAutoConfiguration.SERVLET.equals(
                request.getHttpServletMapping().getServletName()));
    }
}
