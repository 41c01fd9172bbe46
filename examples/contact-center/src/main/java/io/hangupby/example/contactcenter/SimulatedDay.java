package io.hangupby.example.contactcenter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hangupby.HangUpBy;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Outcome;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.events.CloudEventBatch;
import io.hangupby.simulator.scenarios.CallGenerator;
import io.hangupby.simulator.scenarios.FinishedCall;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/**
 * Plays calls against this backend, over real HTTP with real signatures, and prints each verdict beside what really
 * happened.
 */
final class SimulatedDay implements ApplicationListener<ApplicationReadyEvent>, HangUpByListener {
    private static final int USUAL_CALLS_PER_SUMMARY = 40;
    private static final int CALLS_AT_ONCE = 12;
    private static final double CALLS_PER_SECOND = 2.5;
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(5);

    private final TwilioSimulator twilio;
    private final PrintStream out;
    private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();

    SimulatedDay(TwilioSimulator twilio, PrintStream out) {
        this.twilio = twilio;
        this.out = out;
    }

    @Override
    public void onOutcome(Outcome outcome) {
        outcomes.put(outcome.segment().reservation().value(), outcome);
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        ApplicationContext application = ready.getApplicationContext();
        if (application.getEnvironment().containsProperty("check")) {
            return;
        }
        int port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        String path = application.getEnvironment().getProperty("hangupby.path", "/hangupby");
        String local = "http://127.0.0.1:" + port + path;
        twilio.callback(URI.create(local + "/taskrouter"), SimulatorInitializer.PUBLIC_URL + "/taskrouter");
        // Only these callbacks say whether the customer was on hold.
        twilio.conferenceCallback(URI.create(local + "/conference"), SimulatorInitializer.PUBLIC_URL + "/conference");
        boolean once = application.getEnvironment().containsProperty("once");
        int calls = application.getEnvironment().getProperty("simulator.calls", Integer.class, USUAL_CALLS_PER_SUMMARY);
        Thread day = new Thread(() -> play(application, calls, once), "simulated-day");
        day.setDaemon(true);
        day.start();
    }

    private void play(ApplicationContext application, int calls, boolean once) {
        long seed = 1;
        boolean right = round(application, calls, seed);
        while (!once) {
            right = round(application, calls, ++seed);
        }
        int exitCode = right ? 0 : 1;
        System.exit(SpringApplication.exit(application, () -> exitCode));
    }

    /** Plays this number of calls and prints a summary. Returns whether all values were right. */
    private boolean round(ApplicationContext application, int number, long seed) {
        Summary summary = new Summary();
        out.println(CallLine.HEADING);
        try (CallGenerator calls = CallGenerator.builder(twilio)
                .seed(seed)
                .threads(CALLS_AT_ONCE)
                .callsPerSecond(CALLS_PER_SECOND)
                .unrelatedEventsPerCall(10)
                .trickyAttributes()
                .allScenarios()
                .onFinished(call -> over(call, summary, application.getBean(HangUpBy.class)))
                .build()) {
            calls.play(number, LONGEST_ROUND);
        }
        out.println(summary);
        return summary.calls() == number && summary.allRight();
    }

    private void over(FinishedCall call, Summary summary, HangUpBy hangUpBy) {
        Map<String, Outcome> known = new ConcurrentHashMap<>();
        call.segments()
                .forEach(segment -> Optional.ofNullable(outcomes.remove(segment.reservationSid()))
                        .ifPresent(outcome -> known.put(segment.reservationSid(), outcome)));
        summary.add(call);
        out.println(new CallLine(call, known));
        // Twilio reports how the legs ended ten to thirty minutes later; the demo does not wait for so long.
        hangUpBy.acceptCloudEvents(
                CloudEventBatch.of(call.call().voiceReports().events()).getBytes(UTF_8));
    }
}
