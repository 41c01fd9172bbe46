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
 * Mounts hangupby in a servlet application. Beans of these types change the installation:
 *
 * <ul>
 *   <li>{@link HangUpByListener} receives the outcome of each segment; so does a method with {@code @EventListener} and an
 *       {@link Outcome} parameter.
 *   <li>{@link Decider} decides, and replaces hangupby's rules.
 *   <li>{@link Telemetry} receives metrics.
 *   <li>{@link TwilioRestClient} makes the API calls with its HTTP client.
 *   <li>{@link HangUpByBuilderCustomizer} overrides all settings.
 *   <li>{@link HangUpBy} replaces the configured instance; only the servlet and the filter remain.
 * </ul>
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
        // Checked before anything starts that would have to be stopped again.
        properties.check();
        if (!properties.filter().enabled() && !properties.filter().urlPatterns().isEmpty()) {
            log.warn(
                    "hangupby.filter.url-patterns is set and hangupby.filter.enabled is not, so hangupby observes no callbacks; set hangupby.filter.enabled=true, or remove the patterns");
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
                    "is jdbc, but the application does not have exactly one DataSource bean",
                    "configure a database with spring.datasource, or mark one of several DataSource beans as primary");
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
        properties.check();
        FilterRegistrationBean<HangUpByFilter> filter = new FilterRegistrationBean<>(properties.toFilter(hangUpBy));
        filter.setName("hangUpByFilter");
        filter.setUrlPatterns(properties.filter().urlPatterns());
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + FILTERS_BEFORE);
        return filter;
    }
}
