package io.hangupby.telemetry;

import io.hangupby.call.TaskRef;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Verdict;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.twilio.TwilioFailure;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Is told what can be counted and timed: {@link io.hangupby.micrometer.MicrometerTelemetry} has it for Micrometer. Whoever
 * writes another returns at once, throws nothing, and keeps SIDs out of what it counts by. By default a method does nothing.
 * Implementations are thread-safe.
 */
public interface Telemetry {

    /** Counts nothing. */
    Telemetry NOOP = new Telemetry() {};

    /** hangupby starts, and says by this how it gets on, whenever it is asked. */
    default void bind(Supplier<StatusSnapshot> vitals) {}

    /** hangupby has ended, and says no more how it gets on. */
    default void unbind() {}

    /** An event that Twilio sent was kept, or was known already. */
    default void kept(CallEvent event) {}

    /** An event that Twilio sent could not be kept: it was answered 503, or handed back to whoever brought it. */
    default void notKept(CallEvent event) {}

    /** Twilio sent an event that cannot matter to who ended a call. */
    default void ignored() {}

    /** Twilio sent an event that lacks what every such event has. */
    default void malformed() {}

    /** A request's signature is not that of its URL, body and auth token. */
    default void signatureRejected() {}

    /**
     * A segment has a verdict, for the first time or another than before.
     *
     * @param sinceWrapUp how long ago its agent's part ended, by Twilio's clock
     */
    default void decided(Outcome outcome, Duration sinceWrapUp) {}

    /** Something became of a verdict's value: once for each segment, and again where it waited or the verdict turned. */
    default void finished(Outcome outcome) {}

    /** Makes one attempt at a request to Twilio, and returns or throws what comes of it. */
    default <T> T ask(ApiKind kind, Supplier<T> request) {
        return request.get();
    }

    /** A request is made once more, because it failed in this way. */
    default void retried(TwilioFailure.Kind reason) {}

    /** Work on a task is put off, because a request failed in this way for as long as it was worth repeating. */
    default void putOff(TwilioFailure.Kind reason) {}

    /** Works on a task that is due, and returns or throws what comes of it. */
    default <T> T work(TaskRef task, Supplier<T> turn) {
        return turn.get();
    }

    /** Returns a verdict's answer as metrics and log fields spell it: {@code cold-transfer}, or {@code none} without one. */
    static String endedBy(Verdict verdict) {
        return verdict.endedBy().map(Telemetry::word).orElse("none");
    }

    /** Returns a constant as metrics and log fields spell it: {@code too-late}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
