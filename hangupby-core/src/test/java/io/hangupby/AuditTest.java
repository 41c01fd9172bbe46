package io.hangupby;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.decision.AuditReport;
import io.hangupby.decision.AuditResult.Status;
import io.hangupby.simulator.ExpectedOutcome.Cause;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.VoiceReports;
import io.hangupby.simulator.events.CallbackEvent;
import io.hangupby.simulator.events.CloudEventBatch;
import io.hangupby.simulator.scenarios.RandomCalls;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Plays random calls, whose summaries tell the truth but for some lies, and looks for the lies in the report. */
class AuditTest {
    private static final long SEED = Long.getLong("random-calls.seed", 1);
    private static final int CALLS = Integer.getInteger("audit.calls", 300);
    private static final int LIES = Integer.getInteger("audit.lies", 50);
    private static final Set<Cause> VISIBLE = EnumSet.of(
            Cause.CUSTOMER_HUNG_UP,
            Cause.CUSTOMER_LOST_SIGNAL,
            Cause.AGENT_CLICKED,
            Cause.AGENT_REMOVED_CUSTOMER,
            Cause.AGENT_ENDED_FOR_ALL,
            Cause.AGENT_REFRESHED,
            Cause.AGENT_CRASHED,
            Cause.OUTSIDE_PARTY_HUNG_UP,
            Cause.SUPERVISOR_HUNG_UP,
            Cause.PROGRAM_ENDED_CONFERENCE);
    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    private final Random random = new Random(SEED);
    private final Map<String, Long> liesByRule = new TreeMap<>();
    private final Map<String, Long> foundByRule = new TreeMap<>();
    private final List<String> surprises = new ArrayList<>();
    private int compared;
    private int lies;

    @Test
    void exactly_the_lies_are_found_also_by_rule() {
        RandomCalls calls = RandomCalls.of(SEED);
        try (SteppedBackend backend = new SteppedBackend(true)) {
            for (int number = 0; number < CALLS; number++) {
                int now = number;
                backend.play(calls.call(number), (hangUpBy, call) -> audit(backend, hangUpBy, call, now));
            }
        }

        assertThat(surprises).as("truths that disagree, and lies that do not").isEmpty();
        assertThat(lies).isEqualTo(LIES);
        assertThat(foundByRule).isEqualTo(liesByRule);
        assertThat(compared).isGreaterThan(CALLS / 2);
    }

    /** Sends the reports twice. A lie is about a customer's leg that ended with the segment, or before. */
    private void audit(SteppedBackend backend, HangUpBy hangUpBy, SimulatedCall call, int number) {
        int requests = backend.twilio().counters().totalOfTask(call.taskSid());
        boolean lying = lies < LIES && isLieVisible(call) && random.nextInt(3) > 0;
        VoiceReports truth = call.voiceReports();
        VoiceReports reports = lying ? truth.lyingAbout(call.customerCallSid().orElseThrow()) : truth;
        send(backend, hangUpBy, reports);
        send(backend, hangUpBy, reports);
        AuditReport report = hangUpBy.auditReport();
        report.rules().keySet().forEach(rule -> count(foundByRule, rule, report.count(rule, Status.DISAGREES)));
        compared += (int) report.count(Status.AGREES);
        if (lying) {
            lies++;
            count(liesByRule, report.rules().firstKey(), 1);
        }
        if (report.count(Status.DISAGREES) != (lying ? 1 : 0)) {
            surprises.add("call " + number + (lying ? ", a lie\n" : "\n") + report + explain(backend, hangUpBy, call));
        }
        assertThat(backend.twilio().counters().totalOfTask(call.taskSid()))
                .as("requests")
                .isEqualTo(requests);
    }

    private static void count(Map<String, Long> counts, String rule, long more) {
        if (more > 0) {
            counts.merge(rule, more, Long::sum);
        }
    }

    private static boolean isLieVisible(SimulatedCall call) {
        return call.endedSegments().size() == 1
                && call.expectedOutcomes().values().stream().allMatch(end -> VISIBLE.contains(end.cause()))
                && call.departures().stream()
                        .filter(left ->
                                left.callSid().equals(call.customerCallSid().orElse("")))
                        .anyMatch(left -> !left.at().isAfter(wrapUp(call)));
    }

    private static Instant wrapUp(SimulatedCall call) {
        return call.events().stream()
                .filter(event -> event.type().equals("reservation.wrapup"))
                .map(CallbackEvent::at)
                .findFirst()
                .orElse(Instant.MIN);
    }

    private static String explain(SteppedBackend backend, HangUpBy hangUpBy, SimulatedCall call) {
        return hangUpBy.explain(backend.twilio().workspaceSid(), call.taskSid()).toString();
    }

    private static void send(SteppedBackend backend, HangUpBy hangUpBy, VoiceReports reports) {
        boolean unused =
                hangUpBy.acceptCloudEvents(CloudEventBatch.of(reports.events()).getBytes(StandardCharsets.UTF_8));
        backend.pass(A_MOMENT);
    }
}
