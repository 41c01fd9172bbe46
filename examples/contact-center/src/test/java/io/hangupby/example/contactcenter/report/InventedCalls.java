package io.hangupby.example.contactcenter.report;

import io.hangupby.call.AccountSid;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.WorkerSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.AuditResult;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Kept;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Verdict;
import io.hangupby.decision.WriteResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Outcomes of calls that nobody made. Where tests start the demo with {@code --test.calls=…}, it begins with so many, with one more
 * whose verdict never comes, and with a parked call.
 */
@Component
@ConditionalOnProperty("test.calls")
final class InventedCalls implements SmartInitializingSingleton {
    private static final int AGENTS = 60;
    private static final Duration BETWEEN = Duration.ofSeconds(3);
    private static final EndedBy[] ANSWERS = EndedBy.values();

    private final RecentCalls calls;
    private final int number;

    InventedCalls(RecentCalls calls, Environment settings) {
        this.calls = calls;
        this.number = settings.getRequiredProperty("test.calls", Integer.class);
    }

    @Override
    public void afterSingletonsInstantiated() {
        Instant first = Instant.now().minus(BETWEEN.multipliedBy(number));
        for (int i = 0; i < number; i++) {
            calls.onOutcome(completed(i, outcome(i, first.plus(BETWEEN.multipliedBy(i)), endedBy(i))));
        }
        calls.onSegmentEnded(segment(number, Instant.now()));
        calls.onSegmentEnded(segment(number + 1, Instant.now()));
        calls.onParked(
                segment(number + 1, Instant.now()).task(),
                "cannot succeed: there is no conference " + sid("CF", number));
    }

    /** One agent drops every other call; all others have a bit of everything. */
    private static EndedBy endedBy(int i) {
        boolean isOften = worker(i) == 0 && i / AGENTS % 2 == 0;
        return isOften ? EndedBy.DISCONNECT : ANSWERS[(i + i / AGENTS) % ANSWERS.length];
    }

    private static int worker(int i) {
        return i * 7 % AGENTS;
    }

    /** Flex Insights reads nearly all values, and Voice Insights agrees with nearly all verdicts that it can be compared with. */
    private static Outcome completed(int i, Outcome outcome) {
        AuditResult.Status audit = i % 50 == 0
                ? AuditResult.Status.DISAGREES
                : i % 5 == 0 ? AuditResult.Status.NOT_COMPARABLE : AuditResult.Status.AGREES;
        return outcome.with(outcome.write().with(i % 100 == 1 ? Kept.LOST : Kept.KEPT))
                .with(new AuditResult(audit, "the customer's leg was ended by Twilio"));
    }

    static Outcome outcome(int i, Instant left, EndedBy endedBy) {
        return outcome(i, left, endedBy, "a reason of rule " + i % 16);
    }

    static Outcome outcome(int i, Instant left, EndedBy endedBy, String reason) {
        return new Outcome(
                segment(i, left),
                new Verdict(Optional.of(endedBy), "a-rule", reason, List.of()),
                new WriteResult(WriteResult.Status.WRITTEN, "written"));
    }

    static Segment segment(int i, Instant left) {
        return new Segment(
                new TaskRef(new AccountSid(sid("AC", 0)), new WorkspaceSid(sid("WS", 0)), new TaskSid(sid("WT", i))),
                new ReservationSid(sid("WR", i)),
                Optional.of(new WorkerSid(sid("WK", worker(i)))),
                Optional.empty(),
                Optional.of(left.minusSeconds(i % 300)),
                left,
                false,
                Optional.of(i % 3 == 0 ? "Support" : "Sales"));
    }

    static String sid(String prefix, int number) {
        return prefix + "%032x".formatted(number);
    }
}
