package io.hangupby.spring;

import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Conditional;

/** Says, where there is no servlet container to mount hangupby in, that it is not mounted, and what to do. */
@AutoConfiguration
@Conditional(HangUpByNotMountedAutoConfiguration.NoServlets.class)
@ConditionalOnProperty(prefix = "hangupby", name = "enabled", matchIfMissing = true)
public class HangUpByNotMountedAutoConfiguration {

    /** Made by Spring. */
    public HangUpByNotMountedAutoConfiguration() {
        LoggerFactory.getLogger(HangUpByNotMountedAutoConfiguration.class)
                .info(
                        "hangupby is not mounted, as this is no servlet application: nothing here receives Twilio's callbacks."
                                + " To hand events in from your own code, make a bean of HangUpBy.builder(); to be rid of this"
                                + " line, set hangupby.enabled=false");
    }

    /** Where there is no servlet application. */
    static final class NoServlets extends NoneNestedConditions {
        NoServlets() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
        static final class Servlets {}
    }
}
