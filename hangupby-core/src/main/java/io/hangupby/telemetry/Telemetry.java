package io.hangupby.telemetry;

import io.hangupby.call.TaskRef;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.SegmentDetail;
import io.hangupby.decision.Verdict;
import io.hangupby.twilio.TwilioFailure;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Receives what can be counted and timed. {@link io.hangupby.micrometer.MicrometerTelemetry} implements it for
 * Micrometer. An implementation is thread-safe, returns at once, throws nothing and uses no SID as a tag. By default a
 * method does nothing.
 */
public interface Telemetry {

    /** Counts nothing. */
    Telemetry NOOP = new Telemetry() {};

    /** Called when hangupby starts. The supplier returns the current status whenever it is called. */
    default void bind(Supplier<HangUpByStatus> status) {}

    /** Called when hangupby has stopped. The supplier of {@link #bind} is no longer valid. */
    default void unbind() {}

    /**
     * Called when an event of Twilio's was stored or was already known.
     *
     * @param type the type as Twilio spells it, such as {@code reservation.wrapup}; {@code conference} for a conference's status
     *     callback
     */
    default void kept(String type) {}

    /**
     * Called when an event of Twilio's could not be stored. Twilio received the response 503, or the caller received an
     * exception.
     *
     * @param type the type, see {@link #kept}
     */
    default void notKept(String type) {}

    /** Called when Twilio sent an event that has no influence on a verdict. */
    default void ignored() {}

    /** Called when Twilio sent an event without a mandatory field. */
    default void malformed() {}

    /** Called when a request was rejected because of its signature. */
    default void signatureRejected() {}

    /**
     * Called when a segment has its first verdict, or a changed verdict.
     *
     * @param sinceWrapUp the time since the segment ended, by Twilio's clock
     */
    default void decided(Outcome outcome, Duration sinceWrapUp) {}

    /**
     * Called with the result of a write: once for each segment, and again if the value had to wait or the verdict
     * changed.
     */
    default void finished(Outcome outcome) {}

    /** Called when an agent has completed, with whether Flex Insights read the segment's value. */
    default void completed(Outcome outcome) {}

    /**
     * Called when an agent has completed, with the details of the segment.
     *
     * @param shortCall the talk time below which a call counts as short
     */
    default void detailed(SegmentDetail detail, Duration shortCall) {}

    /** Called when Voice Insights says how a segment's legs ended, and when a later report changes whether it agrees. */
    default void audited(Outcome outcome) {}

    /**
     * Makes one attempt at a request to Twilio. Returns or throws the result of the request.
     *
     * @param kind what is requested: {@code conference}, {@code participants}, {@code call}, {@code child-calls}, {@code task},
     *     {@code task-update}, {@code task-events} or {@code wrap-ups}
     */
    default <T> T ask(String kind, Supplier<T> request) {
        return request.get();
    }

    /** Called when a failed request is retried at once. */
    default void retried(TwilioFailure.Kind reason) {}

    /** Called when work on a task is retried later, because all attempts of a request failed. */
    default void retriedLater(TwilioFailure.Kind reason) {}

    /** Returns a part of the current work for another thread, so that what the part reports belongs to this work. */
    default Runnable part(Runnable part) {
        return part;
    }

    /** Works on a task that is due. Returns or throws the result of the work. */
    default <T> T work(TaskRef task, Supplier<T> turn) {
        return turn.get();
    }

    /**
     * Returns a verdict's category as metrics and log fields spell it, such as {@code cold-transfer}; {@code none}
     * without a category.
     */
    static String endedBy(Verdict verdict) {
        return verdict.endedBy().map(Telemetry::word).orElse("none");
    }

    /** Returns a constant as metrics and log fields spell it, such as {@code too-late}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
