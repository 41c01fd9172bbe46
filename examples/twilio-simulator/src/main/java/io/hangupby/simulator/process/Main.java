package io.hangupby.simulator.process;

import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.TwilioSimulatorBuilder;
import io.hangupby.simulator.process.ProcessOptions.UsageException;
import io.hangupby.simulator.scenarios.CallGenerator;
import io.hangupby.simulator.scenarios.FinishedCall;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Plays calls against an application that runs beside this process. */
final class Main {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
    private static final int LONGEST_TRY_MILLIS = 2_000;

    /** Calls that overlap at a call per second, with the longest common calls and the default wrap-up. */
    private static final int AT_ONCE = 24;

    private final PrintStream out;
    private final ProcessOptions options;

    private Main(PrintStream out, ProcessOptions options) {
        this.out = out;
        this.options = options;
    }

    /** Runs until all calls are played, or until the process is stopped. */
    public static void main(String[] arguments) throws InterruptedException {
        // What SLF4J says without a provider is about an application's log; this process prints all that it has to say.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** Returns the exit code. */
    static int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        if (arguments.isEmpty() || arguments.contains("--help")) {
            out.print(ProcessOptions.HELP);
            return arguments.isEmpty() ? 2 : 0;
        }
        if (arguments.contains("--list")) {
            out.print(PlayedCalls.list());
            return 0;
        }
        try {
            return new Main(out, ProcessOptions.parse(arguments)).play();
        } catch (UsageException | IllegalStateException e) {
            err.println(e.getMessage() + ". --help shows all options.");
            return 2;
        }
    }

    private int play() throws InterruptedException {
        try (TwilioSimulator twilio = start()) {
            printSettings(twilio);
            awaitApplication();
            setWebhooks(twilio);
            return play(twilio);
        }
    }

    private TwilioSimulator start() {
        TwilioSimulatorBuilder builder = TwilioSimulator.builder()
                .port(options.port())
                .accountSid(options.accountSid())
                .authToken(options.authToken())
                .checkCredentials();
        options.seed().ifPresent(builder::seed);
        return builder.start();
    }

    private void printSettings(TwilioSimulator twilio) {
        out.println("Simulated Twilio at " + twilio.baseUrl() + ", seed " + twilio.seed()
                + ". Start your application with:");
        out.println("  hangupby.account-sid=" + twilio.accountSid());
        out.println("  hangupby.auth-token=" + twilio.authToken());
        out.println("  hangupby." + (options.handler() ? "filter." : "") + "public-url=" + options.publicUrl());
        out.println("  hangupby.twilio.base-url=" + twilio.baseUrl());
        PlayedCalls.settings(options.plays()).forEach(setting -> out.println("  " + setting));
        out.println("In web.xml these are init parameters, without \"hangupby.\"."
                + " Each can be an environment variable, such as HANGUPBY_TWILIO_BASE_URL.");
    }

    private void awaitApplication() throws InterruptedException {
        URI server = options.callback().resolve("/");
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        for (boolean first = true; !responds(server); first = false) {
            if (first) {
                out.println("Waiting until the application responds at " + server + " …");
            }
            if (System.nanoTime() > deadline) {
                throw new UsageException("Nothing responds at " + server);
            }
            new CountDownLatch(1).await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Returns whether there is a response of any status. Tomcat accepts connections long before it has started. */
    private static boolean responds(URI server) {
        try {
            HttpURLConnection connection = (HttpURLConnection) server.toURL().openConnection(Proxy.NO_PROXY);
            connection.setRequestMethod("HEAD");
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(LONGEST_TRY_MILLIS);
            connection.setReadTimeout(LONGEST_TRY_MILLIS);
            boolean responded = connection.getResponseCode() > 0;
            connection.disconnect();
            return responded;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void setWebhooks(TwilioSimulator twilio) {
        twilio.callback(options.taskRouterCallback(), options.taskRouterPublicUrl() + "#rc=3&rp=ct,rt,5xx");
        if (options.conferenceCallbacks()) {
            twilio.conferenceCallback(
                    options.endpoint("/conference"), options.publicUrl() + "/conference#rc=3&rp=ct,rt,5xx");
        }
        if (options.eventStreams()) {
            twilio.eventStream(options.endpoint("/events"), options.publicUrl() + "/events");
        }
    }

    private int play(TwilioSimulator twilio) throws InterruptedException {
        PlayedSummary summary = new PlayedSummary(out);
        out.println(PlayedLine.HEADING);
        try (CallGenerator generator = CallGenerator.builder(twilio)
                .inTurn(options.plays())
                .callsPerSecond(options.rate())
                .threads(AT_ONCE)
                .wrapUp(options.wrapUp())
                .seed(twilio.seed())
                .onFinished(summary::add)
                .build()) {
            if (options.calls() == 0) {
                Runtime.getRuntime().addShutdownHook(new Thread(summary::print));
                generator.start();
                new CountDownLatch(1).await();
            }
            generator.play(options.calls(), Duration.ofDays(1));
        }
        summary.print();
        return summary.isRight() ? 0 : 1;
    }

    /** Prints each call, and counts. Thread-safe. */
    private static final class PlayedSummary {

        private final PrintStream out;
        private int right;
        private int wrong;

        PlayedSummary(PrintStream out) {
            this.out = out;
        }

        synchronized void add(FinishedCall call) {
            PlayedLine line = PlayedLine.of(call);
            out.println(line);
            if (line.isRight()) {
                right++;
            } else {
                wrong++;
                line.reasons().forEach(reason -> out.println("  " + reason));
                out.println(call.call().task().report());
            }
        }

        synchronized void print() {
            out.println("calls: " + (right + wrong) + ", right: " + right + ", wrong: " + wrong);
        }

        synchronized boolean isRight() {
            return wrong == 0;
        }
    }
}
