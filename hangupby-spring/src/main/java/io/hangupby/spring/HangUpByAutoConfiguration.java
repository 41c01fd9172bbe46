package io.hangupby.spring;

import com.twilio.http.TwilioRestClient;
import io.hangupby.HangUpBy;
import io.hangupby.HangUpByBuilder;
import io.hangupby.HangUpByConfigurationException;
import io.hangupby.decision.Decider;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Outcome;
import io.hangupby.telemetry.Telemetry;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * Starts hangupby in a web application. Beans of these types change the installation; listeners and deciders may need {@link HangUpBy}:
 *
 * <ul>
 *   <li>{@link HangUpByListener} receives the outcome of each segment; so does a method with {@code @EventListener} and an
 *       {@link Outcome} parameter.
 *   <li>{@link Decider} decides, and replaces hangupby's rules.
 *   <li>{@link Telemetry} receives metrics.
 *   <li>{@link TwilioRestClient} makes the API calls with its HTTP client.
 *   <li>{@link HangUpByBuilderCustomizer} overrides all settings.
 *   <li>{@link HangUpBy} replaces the configured instance, and is mounted in its place.
 * </ul>
 */
@AutoConfiguration
@ConditionalOnWebApplication
@ConditionalOnProperty(prefix = "hangupby", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(HangUpByProperties.class)
public class HangUpByAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    HangUpBy hangUpBy(
            HangUpByProperties properties,
            HangUpByBeans beans,
            ObjectProvider<TwilioRestClient> twilioClients,
            ObjectProvider<Telemetry> telemetry,
            ObjectProvider<DataSource> dataSources,
            ObjectProvider<HangUpByBuilderCustomizer> customizers,
            ApplicationEventPublisher events) {
        // Checked before anything starts that would have to be stopped again.
        PropertiesCheck.check(properties);
        HangUpByBuilder builder = properties.toBuilder();
        builder.listener(published(events).andThen(beans.listener()));
        beans.decider().ifPresent(builder::decider);
        telemetry.ifAvailable(builder::telemetry);
        twilioClients.ifUnique(client -> builder.twilio(twilio -> twilio.client(client)));
        if (properties.store() == HangUpByProperties.Store.JDBC) {
            builder.jdbc(only(dataSources), properties.jdbc()::applyTo);
        }
        customizersOf(customizers).forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    private static List<HangUpByBuilderCustomizer> customizersOf(
            ObjectProvider<HangUpByBuilderCustomizer> customizers) {
        try {
            return customizers.orderedStream().toList();
        } catch (BeansException failed) {
            if (failed.getRootCause() instanceof BeanCurrentlyInCreationException) {
                throw new HangUpByConfigurationException(
                        "HangUpByBuilderCustomizer",
                        "is a bean that needs the HangUpBy which it customizes",
                        "inject ObjectProvider<HangUpBy> into it or into what it needs, and call getObject() after the start");
            }
            throw failed;
        }
    }

    @Bean
    static HangUpByBeans hangUpByBeans(
            ObjectProvider<HangUpByListener> listeners, ObjectProvider<Decider> decider, ListableBeanFactory beans) {
        return new HangUpByBeans(listeners, decider, beans);
    }

    private static HangUpByListener published(ApplicationEventPublisher events) {
        return new HangUpByListener() {
            @Override
            public void onOutcome(Outcome outcome) {
                events.publishEvent(outcome);
            }

            @Override
            public void onCompleted(Outcome outcome) {
                events.publishEvent(new SegmentCompleted(outcome));
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
}
