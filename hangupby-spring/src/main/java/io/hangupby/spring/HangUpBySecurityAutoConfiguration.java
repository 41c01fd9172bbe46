package io.hangupby.spring;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
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

    @Bean
    @ConditionalOnMissingBean(name = "hangUpBySecurityFilterChain")
    SecurityFilterChain hangUpBySecurityFilterChain() {
        return new FirstChain();
    }

    /**
     * Comes before the application's chains, even those of the highest precedence: Security refuses to start with a chain behind one for
     * any request.
     */
    private static final class FirstChain implements SecurityFilterChain, PriorityOrdered {

        /** Goes by the servlet that the container has chosen, so that no other spelling of a path passes with it. */
        @Override
        public boolean matches(HttpServletRequest request) {
            return HangUpByServletAutoConfiguration.SERVLET.equals(
                    request.getHttpServletMapping().getServletName());
        }

        @Override
        public List<Filter> getFilters() {
            return List.of();
        }

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }
    }
}
