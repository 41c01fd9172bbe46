package io.hangupby.internal.event;

import io.hangupby.call.BrowserSign;
import io.hangupby.call.CallSid;
import io.hangupby.call.TaskRef;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** What Voice Insights says of one leg, minutes after the leg ended. Immutable. */
public sealed interface VoiceReport extends CallEvent {

    /** The order of reports: by time, and otherwise by key, so that the order of arrival does not matter. */
    Comparator<VoiceReport> ORDER = Comparator.comparing(VoiceReport::at).thenComparing(VoiceReport::key);

    /** Returns the leg. */
    CallSid leg();

    /** Returns the text by which a repeated delivery is recognized. */
    String key();

    /** From which side a leg was ended, from the leg's own point of view. */
    enum EndedFrom {
        /** The side that made the call. */
        CALLER,
        /** The side that was called. */
        CALLEE,
        /** Neither side said goodbye, or Twilio does not know. */
        UNKNOWN
    }

    /** How much Twilio knew when it wrote a summary; a later constant replaces an earlier constant. */
    enum Stage {
        /** Incomplete data. */
        PARTIAL,
        /** Predicted to be complete, after about ten minutes. */
        PREDICTED,
        /** Complete, after about half an hour. */
        COMPLETE
    }

    /**
     * A summary of a leg.
     *
     * @param stage how much Twilio knew
     * @param endedFrom from which side the leg was ended
     * @param inbound whether the leg's party called Twilio; empty if the summary does not say
     * @param ended when the leg ended, if the summary says
     * @param sipCode the last response code of SIP, if the summary says
     */
    record LegSummary(
            TaskRef task,
            CallSid leg,
            Instant at,
            Stage stage,
            EndedFrom endedFrom,
            Optional<Boolean> inbound,
            Optional<Instant> ended,
            Optional<Integer> sipCode)
            implements VoiceReport {
        @Override
        public String key() {
            return leg.value() + "/" + stage + "/" + at.toEpochMilli();
        }
    }

    /**
     * An event that an agent's browser reported.
     *
     * @param sign the event
     */
    record BrowserEvent(TaskRef task, CallSid leg, Instant at, BrowserSign sign) implements VoiceReport {
        @Override
        public String key() {
            return leg.value() + "/" + sign + "/" + at.toEpochMilli();
        }
    }

    /**
     * A summary of a leg's time in the conference.
     *
     * @param left when the leg left, if the summary says
     */
    record ParticipantSummary(TaskRef task, CallSid leg, Instant at, Optional<Instant> left) implements VoiceReport {
        @Override
        public String key() {
            return leg.value() + "/participant/" + at.toEpochMilli();
        }
    }
}
