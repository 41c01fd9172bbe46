package io.hangupby.spring;

import com.twilio.http.TwilioRestClient;
import io.hangupby.HangUpBy;
import io.hangupby.HangUpByBuilder;
import io.hangupby.HangUpByConfigurationException;
import io.hangupby.decision.Decider;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Outcome;
import io.hangupby.servlet.HangUpByFilter;
import io.hangupby.servlet.HangUpByServlet;
import io.hangupby.telemetry.Telemetry;
import jakarta.servlet.DispatcherType;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * Mounts hangupby in a servlet application. Beans of type {@link HangUpByListener} hear what becomes of each segment, and so
 * does a method with {@code @EventListener} and an {@link Outcome} for its parameter; a bean of type {@link Decider} decides in
 * place of our rules; one of type {@link Telemetry} counts; where there is one of type {@link TwilioRestClient}, the API is
 * called through its HTTP client; those of type {@link HangUpByBuilderCustomizer} have the last word on all settings; one of
 * type {@link HangUpBy} takes the place of everything here but the mounting.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(prefix = "hangupby", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(HangUpByProperties.class)
public class HangUpByAutoConfiguration {
    private static final int FILTERS_BEFORE = 10;
    private static final Logger log = LoggerFactory.getLogger(HangUpByAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    HangUpBy hangUpBy(
            HangUpByProperties properties,
            ObjectProvider<HangUpByListener> listeners,
            ObjectProvider<Decider> decider,
            ObjectProvider<TwilioRestClient> twilioClients,
            ObjectProvider<Telemetry> telemetry,
            ObjectProvider<DataSource> dataSources,
            ObjectProvider<HangUpByBuilderCustomizer> customizers,
            ApplicationEventPublisher events) {
        // Before anything is started that would have to be stopped again.
        properties.check();
        if (!properties.filter().enabled() && !properties.filter().urlPatterns().isEmpty()) {
            log.warn(
                    "hangupby.filter.url-patterns is set and hangupby.filter.enabled is not, so no callbacks are heard there");
        }
        HangUpByBuilder builder = properties.toBuilder();
        builder.listener(listeners.orderedStream().reduce(published(events), HangUpByListener::andThen));
        decider.ifAvailable(builder::decider);
        telemetry.ifAvailable(builder::telemetry);
        twilioClients.ifUnique(client -> builder.twilio(twilio -> twilio.client(client)));
        if (properties.store() == HangUpByProperties.Store.JDBC) {
            builder.jdbc(only(dataSources), properties.jdbc()::applyTo);
        }
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    private static HangUpByListener published(ApplicationEventPublisher events) {
        return new HangUpByListener() {
            @Override
            public void onOutcome(Outcome outcome) {
                events.publishEvent(outcome);
            }
        };
    }

    private static DataSource only(ObjectProvider<DataSource> dataSources) {
        DataSource only = dataSources.getIfUnique();
        if (only == null) {
            throw new HangUpByConfigurationException(
                    "hangupby.store",
                    "is jdbc, but there is not one DataSource bean to use",
                    "configure one with spring.datasource, or mark one of several as primary");
        }
        return only;
    }

    @Bean
    @ConditionalOnMissingBean(name = "hangUpByServlet")
    ServletRegistrationBean<HangUpByServlet> hangUpByServlet(HangUpBy hangUpBy, HangUpByProperties properties) {
        String path = properties.path().replaceFirst("/+$", "");
        ServletRegistrationBean<HangUpByServlet> servlet =
                new ServletRegistrationBean<>(new HangUpByServlet(hangUpBy), path + "/*");
        servlet.setName("hangUpBy");
        if (!properties.isForTheFilterAlone()) {
            // So that it warns at the start. Where the filter is the way in, it does once somebody uses it.
            servlet.setLoadOnStartup(1);
        }
        return servlet;
    }

    /** Comes before all that reads bodies or turns requests away, and after what says by which address a request came. */
    @Bean
    @ConditionalOnProperty(prefix = "hangupby.filter", name = "enabled")
    @ConditionalOnMissingBean(name = "hangUpByFilter")
    FilterRegistrationBean<HangUpByFilter> hangUpByFilter(HangUpBy hangUpBy, HangUpByProperties properties) {
        properties.check();
        FilterRegistrationBean<HangUpByFilter> filter = new FilterRegistrationBean<>(properties.toFilter(hangUpBy));
        filter.setName("hangUpByFilter");
        filter.setUrlPatterns(properties.filter().urlPatterns());
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + FILTERS_BEFORE);
        return filter;
    }
}
