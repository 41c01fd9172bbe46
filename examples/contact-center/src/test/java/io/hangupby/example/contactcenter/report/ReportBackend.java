package io.hangupby.example.contactcenter.report;

import io.hangupby.example.contactcenter.ContactCenterApplication;
import io.hangupby.simulator.TwilioSimulator;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The backend with the report, without the demo's own calls, on a port of its own. */
record ReportBackend(ConfigurableApplicationContext application) implements AutoCloseable {
    private static final String PUBLIC_URL = "https://contact-center.example.com/hangupby";

    static ReportBackend start(TwilioSimulator twilio, String... properties) {
        List<String> own = List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--hangupby.account-sid=" + twilio.accountSid(),
                "--hangupby.auth-token=" + twilio.authToken(),
                "--hangupby.workspace-sid=" + twilio.workspaceSid(),
                "--hangupby.public-url=" + PUBLIC_URL,
                "--hangupby.twilio.base-url=" + twilio.baseUrl());
        return new ReportBackend(SpringApplication.run(
                ContactCenterApplication.class,
                Stream.concat(own.stream(), Stream.of(properties)).toArray(String[]::new)));
    }

    /** Lets the workspace post its events to this backend, and to no other. */
    void receivesEvents(TwilioSimulator twilio) {
        twilio.callback(uri("/hangupby/taskrouter"), PUBLIC_URL + "/taskrouter");
    }

    URI uri(String path) {
        return URI.create(
                "http://127.0.0.1:" + application.getEnvironment().getRequiredProperty("local.server.port") + path);
    }

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    @Override
    public void close() {
        application.close();
    }
}
