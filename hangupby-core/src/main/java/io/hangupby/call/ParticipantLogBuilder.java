package io.hangupby.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Builds the log of one conference from its status callbacks, in any order. Not thread-safe. */
public final class ParticipantLogBuilder {
    private final List<ParticipantChange> changes = new ArrayList<>();
    private final List<ParticipantLeft> departures = new ArrayList<>();
    private final Set<Integer> otherNumbers = new HashSet<>();
    private Optional<CallSid> customer = Optional.empty();
    private Optional<ParticipantLog.End> end = Optional.empty();

    ParticipantLogBuilder() {}

    /** Sets the customer's leg, as TaskRouter names it in the callbacks. */
    public ParticipantLogBuilder customer(CallSid leg) {
        customer = Optional.of(leg);
        return this;
    }

    /** Adds that a leg joined, or was muted, put on hold or otherwise modified. */
    public ParticipantLogBuilder changed(ParticipantChange change) {
        changes.add(change);
        return this;
    }

    /** Adds that a leg left, or failed to join. */
    public ParticipantLogBuilder left(ParticipantLeft left) {
        departures.add(left);
        return this;
    }

    /** Adds the sequence number of a callback that is about no leg, so that the number does not count as missing. */
    public ParticipantLogBuilder other(int number) {
        otherNumbers.add(number);
        return this;
    }

    /**
     * Sets how the conference ended.
     *
     * @param number the callback's sequence number in the conference
     * @param at when the conference ended, in whole seconds
     * @param reason why the conference ended, if Twilio says
     * @param leg the leg whose leaving or removal ended the conference, if Twilio says
     */
    public ParticipantLogBuilder ended(
            int number, Instant at, Optional<Conference.EndReason> reason, Optional<CallSid> leg) {
        end = Optional.of(new ParticipantLog.End(number, at, reason, leg));
        return this;
    }

    /** Returns the log. */
    public ParticipantLog build() {
        return new ParticipantLog(customer, changes, departures, otherNumbers, end);
    }
}
