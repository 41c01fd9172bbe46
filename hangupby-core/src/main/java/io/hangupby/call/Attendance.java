package io.hangupby.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who came into a conference and who left it, as its status callbacks told it: more than the resource knows, where an
 * installation has them sent. Immutable.
 *
 * @param customer the customer's leg, of which no source is surer
 * @param seen every leg that joined
 * @param talking the legs that were heard by all when they were last told of
 * @param leaves every leaving, in its order
 * @param end how the conference ended, if that was told
 */
public record Attendance(
        Optional<CallSid> customer, Set<CallSid> seen, Set<CallSid> talking, List<Leave> leaves, Optional<End> end) {
    /** A leg that left further from an agent's wrap-up than this was not that agent's. */
    private static final Duration ABOUT = Duration.ofSeconds(3);

    /** What is known where no callbacks are sent: nothing. */
    public static final Attendance UNTOLD =
            new Attendance(Optional.empty(), Set.of(), Set.of(), List.of(), Optional.empty());

    /** Copies the collections. */
    public Attendance {
        seen = Set.copyOf(seen);
        talking = Set.copyOf(talking);
        leaves = List.copyOf(leaves);
    }

    /** Returns the leg's leaving, if it was told. */
    public Optional<Leave> leave(CallSid leg) {
        return leaves.stream().filter(leave -> leave.leg().equals(leg)).findFirst();
    }

    /** Returns the leavings that can be that of an agent whose leg went at this moment. */
    public List<Leave> leavesAbout(Instant moment) {
        return leaves.stream()
                .filter(leave -> Duration.between(leave.at(), moment).abs().compareTo(ABOUT) <= 0)
                .toList();
    }

    /**
     * Says whether all has been told that is to be: the leaving of an agent whose leg went at this moment and, once the
     * conference is over, the customer's.
     */
    public boolean isComplete(Instant agentLeft, boolean over) {
        boolean customerIsMissing =
                over && customer.filter(leg -> leave(leg).isEmpty()).isPresent();
        return !isTold() || (!leavesAbout(agentLeft).isEmpty() && !customerIsMissing);
    }

    /** Says whether status callbacks are sent for this conference at all. */
    public boolean isTold() {
        return !seen.isEmpty() || !leaves.isEmpty();
    }

    /**
     * How a conference ended.
     *
     * @param at when, in whole seconds
     * @param reason why, where Twilio says
     * @param leg whose leaving or removal ended it, where Twilio says
     */
    public record End(Instant at, Optional<Conference.EndReason> reason, Optional<CallSid> leg) {}
}
