package io.hangupby.example.contactcenter;

import io.hangupby.simulator.TwilioSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/** Starts the simulated Twilio first, and configures hangupby for it. */
final class SimulatorInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final int USUAL_PORT = 8080;
    static final String PUBLIC_URL = "https://contact-center.example.com/hangupby";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (!context.getEnvironment().getProperty("simulator.enabled", Boolean.class, true)) {
            return;
        }
        TwilioSimulator twilio = TwilioSimulator.builder().start();
        context.getBeanFactory().registerSingleton("twilioSimulator", twilio);
        context.getBeanFactory().registerSingleton("simulatedDay", new SimulatedDay(twilio, System.out));
        Map<String, Object> settings = new HashMap<>(Map.of(
                "hangupby.account-sid", twilio.accountSid(),
                "hangupby.auth-token", twilio.authToken(),
                "hangupby.workspace-sid", twilio.workspaceSid(),
                "hangupby.public-url", PUBLIC_URL,
                "hangupby.twilio.base-url", twilio.baseUrl().toString()));
        if (context.getEnvironment().containsProperty("check")) {
            reachLocally(context.getEnvironment(), twilio, settings);
        }
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("simulator", settings));
        // The demo prints a line for each call, so hangupby's own line is not needed.
        LoggingSystem.get(getClass().getClassLoader())
                .setLogLevel("io.hangupby.internal.processing.OutcomeRecorder", LogLevel.WARN);
    }

    /** The check goes the way from Twilio to this backend, which ends at its port here. */
    private static void reachLocally(Environment environment, TwilioSimulator twilio, Map<String, Object> settings) {
        int port = environment.getProperty("server.port", Integer.class, USUAL_PORT);
        int listening = port == 0 ? freePort() : port;
        String url = "http://127.0.0.1:" + listening + environment.getProperty("hangupby.path", "/hangupby");
        settings.put("server.port", listening);
        settings.put("hangupby.public-url", url);
        twilio.setup().eventCallbackUrl(url + "/taskrouter#rc=3&rp=ct,rt,5xx");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
