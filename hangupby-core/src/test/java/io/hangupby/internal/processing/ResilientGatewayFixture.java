package io.hangupby.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hangupby.call.AccountSid;
import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.twilio.InMemoryTwilio;
import io.hangupby.internal.twilio.TaskUpdate;
import io.hangupby.internal.twilio.TwilioGateway;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.testing.HandClock;
import io.hangupby.twilio.TwilioFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A gateway in front of a Twilio in memory, at a clock that steps on with each wait. */
abstract class ResilientGatewayFixture {
    static final TaskRef TASK = new TaskRef(
            new AccountSid("AC" + "1".repeat(32)),
            new WorkspaceSid("WS" + "2".repeat(32)),
            new TaskSid("WT" + "3".repeat(32)));
    static final CallSid CALL = new CallSid("CA" + "4".repeat(32));
    static final ConferenceSid CONFERENCE = new ConferenceSid("CF" + "5".repeat(32));
    static final Duration DEADLINE = Duration.ofSeconds(15);

    final HandClock clock = new HandClock(Instant.parse("2026-03-04T10:15:30Z"));
    final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
    final InMemoryTwilio twilio = new InMemoryTwilio();
    final ResilientGateway gateway = gateway(4, 0);
    private int tasks = 1;

    ResilientGateway gateway(int maxConcurrentCalls, int maxUpdatesPerSecond) {
        return new ResilientGateway(
                twilio, maxConcurrentCalls, maxUpdatesPerSecond, () -> 1, Telemetry.NOOP, clock, this::sleep);
    }

    private void sleep(Duration wait) {
        waits.add(wait);
        clock.step(wait);
    }

    TaskUpdate update(TwilioGateway through) {
        return through.updateTask(TASK, TaskAttributes.of("{\"a\":1}"), "\"0\"");
    }

    /** One of many tasks. */
    static TaskRef task(int number) {
        return new TaskRef(TASK.account(), TASK.workspace(), new TaskSid("WT" + "%032x".formatted(number)));
    }

    static ConferenceSid conference(int number) {
        return new ConferenceSid("CF" + "%032x".formatted(number));
    }

    /** An update of a task that has not been updated before. */
    TaskUpdate updateOfAnother(TwilioGateway through) {
        return through.updateTask(task(tasks++), TaskAttributes.of("{\"a\":1}"), "\"0\"");
    }

    static TwilioFailure failure(Runnable request) {
        TwilioFailure failure = catchThrowableOfType(TwilioFailure.class, request::run);
        assertThat(failure).isNotNull();
        return failure;
    }
}
