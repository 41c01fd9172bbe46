package io.hangupby.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;

/** Checks after the start, where Spring Security is in use, whether a request reaches hangupby, and logs it if not. */
@AutoConfiguration(after = HangUpByAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnClass(name = "org.springframework.security.core.context.SecurityContext")
@ConditionalOnProperty(prefix = "hangupby", name = "enabled", matchIfMissing = true)
public class HangUpBySecurityCheckAutoConfiguration {

    @Bean
    ApplicationListener<ApplicationReadyEvent> hangUpBySecurityCheck(HangUpByProperties properties) {
        return ready -> UnsignedRequest.to(ready.getApplicationContext().getEnvironment(), properties.mountPath())
                .ifPresent(UnsignedRequest::checkInBackground);
    }
}
