package io.hangupby.simulator.junit;

import io.hangupby.simulator.TwilioSimulator;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Starts a simulator for an application context, sets the properties of the application, and the callback once its server listens.
 * Contexts with equal settings are one context to Spring, so this has to be equal for equal settings. Immutable.
 */
record SimulatorContextCustomizer(TwilioSimulatorTest settings) implements ContextCustomizer {

    static final String BEAN = "twilioSimulator";

    private static final String SIGNER_BEAN = "twilioSigner";

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        TwilioSimulator twilio = TwilioSimulatorExtension.start(settings);
        SimulatedWebhooks webhooks = SimulatedWebhooks.of(settings, context.getEnvironment());
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("twilio-simulator", properties(twilio, webhooks)));
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        beans.registerSingleton(BEAN, twilio);
        beans.registerSingleton(SIGNER_BEAN, twilio.signer());
        // Registered before all beans of the application, so closed after them.
        if (beans instanceof DefaultSingletonBeanRegistry registry) {
            registry.registerDisposableBean(BEAN, twilio::close);
        }
        context.addApplicationListener(new CallbackSetter(context, twilio, webhooks));
    }

    private Map<String, Object> properties(TwilioSimulator twilio, SimulatedWebhooks webhooks) {
        Map<String, Object> properties = new TreeMap<>(Map.of(
                "hangupby.enabled",
                "true",
                "hangupby.account-sid",
                twilio.accountSid(),
                "hangupby.auth-token",
                twilio.authToken(),
                "hangupby.auth-tokens",
                "",
                "hangupby.api-key",
                "",
                "hangupby.api-secret",
                "",
                "hangupby.workspace-sid",
                twilio.workspaceSid(),
                "hangupby.twilio.base-url",
                twilio.baseUrl().toString()));
        properties.put("hangupby.twilio.region", "");
        properties.put("hangupby.twilio.edge", "");
        webhooks.addTo(properties);
        properties.put("twilio-simulator.account-sid", twilio.accountSid());
        properties.put("twilio-simulator.auth-token", twilio.authToken());
        properties.put("twilio-simulator.workspace-sid", twilio.workspaceSid());
        properties.put("twilio-simulator.base-url", twilio.baseUrl().toString());
        properties.put("twilio-simulator.public-url", settings.publicAddress());
        return properties;
    }

    /** Sets the callbacks when the server of the application listens, which it does when its context is refreshed. */
    private record CallbackSetter(
            ConfigurableApplicationContext context, TwilioSimulator twilio, SimulatedWebhooks webhooks)
            implements ApplicationListener<ContextRefreshedEvent> {

        @Override
        public void onApplicationEvent(ContextRefreshedEvent event) {
            Environment environment = context.getEnvironment();
            String port = environment.getProperty("local.server.port", "");
            if (event.getApplicationContext() == context && !port.isEmpty()) {
                webhooks.set(twilio, "http://127.0.0.1:" + port);
            }
        }
    }
}
