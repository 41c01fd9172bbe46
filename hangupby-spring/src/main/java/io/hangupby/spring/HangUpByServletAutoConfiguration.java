package io.hangupby.spring;

import io.hangupby.HangUpBy;
import io.hangupby.servlet.HangUpByFilter;
import io.hangupby.servlet.HangUpByServlet;
import jakarta.servlet.DispatcherType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Mounts the servlet of hangupby, and the filter in front of the application's own handler, in a servlet application. */
@AutoConfiguration(after = HangUpByAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(prefix = "hangupby", name = "enabled", matchIfMissing = true)
public class HangUpByServletAutoConfiguration {
    /** The name of the servlet in the container. */
    static final String SERVLET = "hangUpBy";

    private static final int FILTERS_BEFORE = 10;
    private static final Logger log = LoggerFactory.getLogger(HangUpByServletAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean(name = "hangUpByServlet")
    ServletRegistrationBean<HangUpByServlet> hangUpByServlet(HangUpBy hangUpBy, HangUpByProperties properties) {
        if (!properties.filter().enabled() && !properties.filter().urlPatterns().isEmpty()) {
            log.warn(
                    "hangupby.filter.url-patterns is set and hangupby.filter.enabled is not, so hangupby observes no callbacks; set hangupby.filter.enabled=true, or remove the patterns");
        }
        ServletRegistrationBean<HangUpByServlet> servlet =
                new ServletRegistrationBean<>(new HangUpByServlet(hangUpBy), properties.mountPath() + "/*");
        servlet.setName(SERVLET);
        if (!properties.isForTheFilterAlone()) {
            // The servlet warns about its settings when it is loaded: at the start, unless only the filter is in use.
            servlet.setLoadOnStartup(1);
        }
        return servlet;
    }

    /** Runs before filters that read bodies or reject requests, and after filters that resolve forwarded addresses. */
    @Bean
    @ConditionalOnProperty(prefix = "hangupby.filter", name = "enabled")
    @ConditionalOnMissingBean(name = "hangUpByFilter")
    FilterRegistrationBean<HangUpByFilter> hangUpByFilter(HangUpBy hangUpBy, HangUpByProperties properties) {
        PropertiesCheck.check(properties);
        FilterRegistrationBean<HangUpByFilter> filter = new FilterRegistrationBean<>(new HangUpByFilter(
                hangUpBy, properties.filter().givenPublicUrl().orElse(null)));
        filter.setName("hangUpByFilter");
        filter.setUrlPatterns(properties.filter().urlPatterns());
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + FILTERS_BEFORE);
        return filter;
    }
}
