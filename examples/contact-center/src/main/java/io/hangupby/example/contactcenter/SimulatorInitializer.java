package io.hangupby.example.contactcenter;

import io.hangupby.simulator.TwilioSimulator;
import java.util.Map;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Starts the simulated Twilio first, and configures hangupby for it. */
final class SimulatorInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    static final String PUBLIC_URL = "https://contact-center.example.com/hangupby";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (!context.getEnvironment().getProperty("simulator.enabled", Boolean.class, true)) {
            return;
        }
        TwilioSimulator twilio = TwilioSimulator.builder().start();
        context.getBeanFactory().registerSingleton("twilioSimulator", twilio);
        context.getBeanFactory().registerSingleton("simulatedDay", new SimulatedDay(twilio, System.out));
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "simulator",
                        Map.of(
                                "hangupby.account-sid", twilio.accountSid(),
                                "hangupby.auth-token", twilio.authToken(),
                                "hangupby.workspace-sid", twilio.workspaceSid(),
                                "hangupby.public-url", PUBLIC_URL,
                                "hangupby.twilio.base-url", twilio.baseUrl().toString())));
        // The demo prints a line for each call, so hangupby's own line is not needed.
        LoggingSystem.get(getClass().getClassLoader())
                .setLogLevel("io.hangupby.internal.processing.SegmentProcessor", LogLevel.WARN);
    }
}
