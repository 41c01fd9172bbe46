package io.hangupby.example.endurance;

import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.internal.hostile.HostileTwilio;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** An application in a separate process, with its Twilio and, if configured, its database. */
final class Victim implements AutoCloseable {
    static final String SERVLET = "/hangupby/taskrouter";

    private static final String PUBLIC_SERVLET = Host.PUBLIC_URL + "/taskrouter";
    private static final String RESENT = "#rc=3&rp=ct,rt,5xx";
    private static final Pattern DEMO_READY = Pattern.compile("started on port (\\d+)");
    private static final Pattern HOST_READY = Pattern.compile(Host.READY + "(\\d+)");

    private final TwilioSimulator twilio;
    private final HostileTwilio api;
    private final Optional<Postgres> database;
    private final JavaProcess process;
    private final String page;

    private Victim(
            TwilioSimulator twilio, HostileTwilio api, Optional<Postgres> database, JavaProcess process, String page) {
        this.twilio = twilio;
        this.api = api;
        this.database = database;
        this.process = process;
        this.page = page;
    }

    /** Starts the application, and returns once it listens. */
    static Victim start(Setup setup, Path folder) throws Exception {
        Files.createDirectories(folder);
        TwilioSimulator twilio = TwilioSimulator.builder()
                .clock(Clock.offset(Clock.systemUTC(), setup.twiliosClock()))
                .start();
        HostileTwilio api = new HostileTwilio(twilio.baseUrl());
        Optional<Postgres> database = setup.isOnDatabase() ? Optional.of(new Postgres(folder)) : Optional.empty();
        Path log = folder.resolve("victim.log");
        if (setup.kind() == Kind.DEMO) {
            List<String> program = demo(setup, twilio, api, database);
            JavaProcess process = new JavaProcess(setup.heap(), program, DEMO_READY, log);
            Victim victim = new Victim(twilio, api, database, process, "/no-such-page");
            victim.callback(
                    SERVLET,
                    setup.isPublicUrlSet()
                            ? PUBLIC_SERVLET
                            : victim.uri(SERVLET).toString());
            return victim;
        }
        JavaProcess process = new JavaProcess(setup.heap(), host(setup, twilio, api), HOST_READY, log);
        Victim victim = new Victim(twilio, api, database, process, Host.PAGE);
        if (setup.kind() == Kind.TOMCAT_SERVLET) {
            victim.callback(SERVLET, PUBLIC_SERVLET);
        } else {
            victim.callback(Host.HANDLER, Host.PUBLIC_HANDLER);
        }
        return victim;
    }

    private static List<String> demo(
            Setup setup, TwilioSimulator twilio, HostileTwilio api, Optional<Postgres> database) {
        List<String> program = new ArrayList<>(List.of(
                "-jar",
                setup.demo().toString(),
                "--simulator.enabled=false",
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--logging.level.org.springframework.boot.tomcat=INFO",
                "--hangupby.account-sid=" + twilio.accountSid(),
                "--hangupby.auth-token=" + twilio.authToken(),
                "--hangupby.workspace-sid=" + twilio.workspaceSid(),
                "--hangupby.twilio.base-url=" + api.baseUrl()));
        if (setup.isPublicUrlSet()) {
            program.add("--hangupby.public-url=" + Host.PUBLIC_URL);
        }
        database.ifPresent(postgres -> program.addAll(List.of(
                "--hangupby.store=jdbc",
                "--hangupby.jdbc.create-tables=true",
                "--spring.datasource.url=" + postgres.url() + "?ApplicationName=victim",
                "--spring.datasource.username=postgres")));
        program.addAll(setup.more());
        return program;
    }

    private static List<String> host(Setup setup, TwilioSimulator twilio, HostileTwilio api) {
        return List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Host.class.getName(),
                setup.kind() == Kind.JETTY_FILTER ? "jetty" : "tomcat",
                Integer.toString(setup.threads()),
                api.baseUrl().toString(),
                twilio.accountSid(),
                twilio.authToken());
    }

    private void callback(String path, String publicUrl) {
        twilio.callback(uri(path), publicUrl + RESENT);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    int port() {
        return process.port();
    }

    TwilioSimulator twilio() {
        return twilio;
    }

    HostileTwilio api() {
        return api;
    }

    Postgres database() {
        return database.orElseThrow();
    }

    JavaProcess process() {
        return process;
    }

    /** Requests a page of the application, and returns the status. */
    int page(Duration limit) {
        return get(page, limit);
    }

    /** Sends a request on a separate connection, and returns the status, or 0 without a response. */
    int get(String path, Duration limit) {
        String head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port() + "\r\nConnection: close\r\n\r\n";
        return Wire.status(port(), head, limit);
    }

    @Override
    public void close() throws IOException {
        process.close();
        api.close();
        twilio.close();
        if (database.isPresent()) {
            database.get().close();
        }
    }

    /** The kind of application, and how it receives callbacks. */
    enum Kind {
        /** The demo's jar: Spring Boot on Tomcat, with the servlet. */
        DEMO,
        /** {@link Host} on Tomcat, with the servlet. */
        TOMCAT_SERVLET,
        /** {@link Host} on Tomcat, with the filter before a handler of the application's own. */
        TOMCAT_FILTER,
        /** {@link Host} on Jetty, with the filter before a handler of the application's own. */
        JETTY_FILTER
    }
}
