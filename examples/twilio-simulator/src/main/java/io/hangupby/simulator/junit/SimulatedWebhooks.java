package io.hangupby.simulator.junit;

import io.hangupby.simulator.TwilioSimulator;
import java.net.URI;
import java.util.Map;
import org.springframework.core.env.Environment;

/**
 * The paths of a Spring application to which the simulator sends requests. Immutable.
 *
 * @param settings the settings of the test
 * @param context the path of the application within its server
 * @param mount hangupby's path
 */
record SimulatedWebhooks(TwilioSimulatorTest settings, String context, String mount) {

    /** What the docs recommend for a callback URL: retries. */
    private static final String RETRIES = "#rc=3&rp=ct,rt,5xx";

    static SimulatedWebhooks of(TwilioSimulatorTest settings, Environment environment) {
        String context = environment.getProperty(
                "server.servlet.context-path", environment.getProperty("spring.webflux.base-path", ""));
        String path = environment.getProperty("hangupby.path", "/hangupby");
        return new SimulatedWebhooks(settings, withoutSlash(context), withoutSlash(path));
    }

    private static String withoutSlash(String path) {
        return path.replaceFirst("/+$", "");
    }

    /** Adds the addresses by which hangupby checks signatures. */
    void addTo(Map<String, Object> properties) {
        if (isInFrontOfHandler()) {
            properties.put("hangupby.filter.public-url", publicUrl(settings.callback()));
        }
        if (!isInFrontOfHandler() || settings.conferenceCallbacks() || settings.eventStreams()) {
            properties.put("hangupby.public-url", publicUrl(mount));
            properties.put("hangupby.public-urls", "");
        }
    }

    private boolean isInFrontOfHandler() {
        return !settings.callback().isEmpty();
    }

    private String publicUrl(String path) {
        return withoutSlash(settings.publicAddress()) + context + path;
    }

    /** Has the simulator send requests to a server. */
    void set(TwilioSimulator twilio, String server) {
        String callback = isInFrontOfHandler() ? settings.callback() : mount + "/taskrouter";
        twilio.callback(URI.create(server + context + callback), publicUrl(callback) + RETRIES);
        if (settings.conferenceCallbacks()) {
            String path = mount + "/conference";
            twilio.conferenceCallback(URI.create(server + context + path), publicUrl(path) + RETRIES);
        }
        if (settings.eventStreams()) {
            String path = mount + "/events";
            twilio.eventStream(URI.create(server + context + path), publicUrl(path));
        }
    }
}
