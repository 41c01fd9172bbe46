package io.hangupby.spring;

import com.twilio.http.TwilioRestClient;
import io.hangupby.HangUpBy;
import io.hangupby.HangUpByBuilder;
import io.hangupby.HangUpByConfigurationException;
import io.hangupby.decision.Decider;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.servlet.HangUpByServlet;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * Mounts hangupby in a servlet application. Beans of type {@link HangUpByListener} hear what becomes of each segment; one of
 * type {@link Decider} decides in place of our rules; where there is one of type {@link TwilioRestClient}, the API is called
 * through its HTTP client; one of type {@link HangUpBy} takes the place of everything here but the mounting.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(prefix = "hangupby", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(HangUpByProperties.class)
public class HangUpByAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    HangUpBy hangUpBy(
            HangUpByProperties properties,
            ObjectProvider<HangUpByListener> listeners,
            ObjectProvider<Decider> decider,
            ObjectProvider<TwilioRestClient> twilioClients,
            ObjectProvider<DataSource> dataSources) {
        HangUpByBuilder builder = properties.toBuilder();
        builder.listener(listeners.orderedStream().reduce(HangUpByListener.NOOP, HangUpByListener::andThen));
        decider.ifAvailable(builder::decider);
        twilioClients.ifUnique(builder::twilioClient);
        if (properties.store() == HangUpByProperties.Store.JDBC) {
            builder.dataSource(only(dataSources)).createTables(properties.jdbc().createTables());
        }
        return builder.build();
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
        return servlet;
    }
}
