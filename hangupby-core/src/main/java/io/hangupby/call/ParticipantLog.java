package io.hangupby.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who joined and who left a conference, from its status callbacks. Only the callbacks show the order of leaving. The
 * log is empty unless Twilio sends conference status callbacks. Immutable.
 *
 * @param customer the customer's leg, as TaskRouter names it in the callbacks
 * @param joined every leg that joined
 * @param talking the legs that could speak to everybody, as of their latest callback
 * @param leaves every leg that left, in order
 * @param end how the conference ended, if a callback said so
 */
public record ParticipantLog(
        Optional<CallSid> customer,
        Set<CallSid> joined,
        Set<CallSid> talking,
        List<ParticipantLeft> leaves,
        Optional<End> end) {
    /** A leg that left longer than this before or after an agent's wrap-up was not that agent's. */
    private static final Duration NEAR = Duration.ofSeconds(3);

    /** The log of a conference without status callbacks. */
    public static final ParticipantLog NONE =
            new ParticipantLog(Optional.empty(), Set.of(), Set.of(), List.of(), Optional.empty());

    /** Copies the collections. */
    public ParticipantLog {
        joined = Set.copyOf(joined);
        talking = Set.copyOf(talking);
        leaves = List.copyOf(leaves);
    }

    /** Returns when and why the leg left, if a callback said so. */
    public Optional<ParticipantLeft> leave(CallSid leg) {
        return leaves.stream().filter(left -> left.leg().equals(leg)).findFirst();
    }

    /** Returns whether the leg joined the conference. */
    public boolean hasJoined(CallSid leg) {
        return joined.contains(leg);
    }

    /** Returns the legs that left near a moment. Any of them can be the leg of an agent who left at that moment. */
    public List<ParticipantLeft> leavesNear(Instant moment) {
        return leaves.stream()
                .filter(left -> Duration.between(left.at(), moment).abs().compareTo(NEAR) <= 0)
                .toList();
    }

    /** Returns the legs that could speak to everybody and had not left when this leg left. */
    public List<CallSid> talkingWhenLeft(ParticipantLeft left) {
        return talking.stream()
                .filter(leg -> leave(leg).stream().noneMatch(other -> other.isBefore(left)))
                .sorted(Comparator.comparing(CallSid::value))
                .toList();
    }

    /**
     * Returns whether the log has the leave of an agent who left at this moment and, once the conference is over, the
     * customer's leave. A log that is not available is complete.
     */
    public boolean isComplete(Instant agentLeft, boolean over) {
        boolean customerIsMissing =
                over && customer.stream().anyMatch(leg -> leave(leg).isEmpty());
        return !isAvailable() || (!leavesNear(agentLeft).isEmpty() && !customerIsMissing);
    }

    /** Returns whether status callbacks are sent for this conference. */
    public boolean isAvailable() {
        return !joined.isEmpty() || !leaves.isEmpty();
    }

    /**
     * How a conference ended.
     *
     * @param at when the conference ended, in whole seconds
     * @param reason why the conference ended, if Twilio says
     * @param leg the leg whose leaving or removal ended the conference, if Twilio says
     */
    public record End(Instant at, Optional<Conference.EndReason> reason, Optional<CallSid> leg) {}
}
