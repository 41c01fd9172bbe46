package io.hangupby.spring;

import io.hangupby.HangUpBy;
import io.hangupby.HangUpByConfigurationException;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Mounts the endpoints of hangupby in a reactive application. */
@AutoConfiguration(after = HangUpByAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnProperty(prefix = "hangupby", name = "enabled", matchIfMissing = true)
public class HangUpByWebFluxAutoConfiguration {

    /** Comes before Spring Security, unless {@code hangupby.security.enabled=false}. */
    @Bean
    @ConditionalOnMissingBean
    HangUpByWebFilter hangUpByWebFilter(HangUpBy hangUpBy, HangUpByProperties properties) {
        PropertiesCheck.check(properties);
        if (properties.filter().enabled()) {
            throw new HangUpByConfigurationException(
                    "hangupby.filter.enabled",
                    "is true in a reactive application, in which there is no filter for handlers of your own",
                    "let Twilio send its callbacks to hangupby.path, or pass them on with HangUpBy.acceptCallback");
        }
        return new HangUpByWebFilter(
                hangUpBy.webhook(),
                properties.mountPath(),
                properties.security().enabled() ? HangUpByWebFilter.BEFORE_SECURITY : HangUpByWebFilter.AFTER_SECURITY);
    }
}
