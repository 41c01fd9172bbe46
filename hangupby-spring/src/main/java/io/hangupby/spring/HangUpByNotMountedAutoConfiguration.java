package io.hangupby.spring;

import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Conditional;

/** Logs that hangupby is not mounted if the application is not a web application, and the remedy. */
@AutoConfiguration
@Conditional(HangUpByNotMountedAutoConfiguration.NoWebServer.class)
@ConditionalOnProperty(prefix = "hangupby", name = "enabled", matchIfMissing = true)
public class HangUpByNotMountedAutoConfiguration {

    /** Called by Spring. */
    public HangUpByNotMountedAutoConfiguration() {
        LoggerFactory.getLogger(HangUpByNotMountedAutoConfiguration.class)
                .info(
                        "hangupby is not mounted, because this is not a web application: nothing here receives Twilio's callbacks."
                                + " To pass events from your own code, define a bean with HangUpBy.builder(); to disable this"
                                + " message, set hangupby.enabled=false");
    }

    /** Matches if the application is not a web application. */
    static final class NoWebServer extends NoneNestedConditions {
        NoWebServer() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnWebApplication
        static final class WebServer {}
    }
}
