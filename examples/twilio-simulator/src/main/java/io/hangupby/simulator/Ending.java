package io.hangupby.simulator;

import java.util.Optional;

/**
 * How a segment really ended, and what a backend should have written about it. Immutable.
 *
 * @param act what the parties did
 * @param hangUpBy the value that is right, or empty where nothing may be written
 * @param destination the number that is right beside it, or empty where none may be written
 * @param needsLeaveOrder whether only the conference's status callbacks can tell: the customer left others talking, and
 *     the API shows just who ended it for those
 */
public record Ending(Act act, Optional<String> hangUpBy, Optional<String> destination, boolean needsLeaveOrder) {

    /** An ending that the API tells of, with no destination. */
    public Ending(Act act, Optional<String> hangUpBy) {
        this(act, hangUpBy, Optional.empty(), false);
    }

    Ending needingLeaveOrder() {
        return new Ending(act, hangUpBy, destination, true);
    }

    /** What somebody did that ended the customer's conversation with the agent. */
    public enum Act {
        /** The customer hung up. */
        CUSTOMER_HUNG_UP("customer"),
        /** The customer's mobile lost its signal. */
        CUSTOMER_LOST_SIGNAL("customer"),
        /** The agent clicked Hang up. */
        AGENT_CLICKED("agent"),
        /** The agent put down the handset of a desk phone. */
        AGENT_PUT_DOWN_HANDSET("agent"),
        /** The agent removed the customer from the conference. */
        AGENT_REMOVED_CUSTOMER("agent"),
        /** The agent ended the call for all. */
        AGENT_ENDED_FOR_ALL("agent"),
        /** The agent sent the customer on to a survey. */
        AGENT_SENT_CUSTOMER_ON("agent"),
        /** The agent ended the call with the End button, on a desk phone: Flex removed the leg. */
        AGENT_PRESSED_END("agent"),
        /** The agent gave up dialling before the customer answered. */
        AGENT_CANCELLED_DIAL("agent"),
        /** The agent's page was refreshed. */
        AGENT_REFRESHED("disconnect"),
        /** The agent's browser or computer crashed, or the network was lost. */
        AGENT_CRASHED("disconnect"),
        /** The agent handed the customer to another agent or a queue, and left at once. */
        COLD_TRANSFERRED("cold transfer"),
        /** The agent left the customer with another agent who had joined. */
        WARM_TRANSFERRED("warm transfer"),
        /** The agent was consulted and left again; the customer stayed with the first one. */
        CONSULTED("consult"),
        /** The agent sent the customer to an outside number. */
        SENT_TO_A_NUMBER("external cold transfer"),
        /** The agent left the customer talking to an outside party. */
        LEFT_WITH_OUTSIDE_PARTY("external warm transfer"),
        /** An outside party hung up, which ended the conference. */
        OUTSIDE_PARTY_HUNG_UP("external"),
        /** A supervisor who had joined hung up, which ended the conference. */
        SUPERVISOR_HUNG_UP("supervisor"),
        /** A supervisor removed the agent. */
        SUPERVISOR_REMOVED_AGENT("supervisor"),
        /** A program ended the conference. */
        PROGRAM_ENDED_CONFERENCE("system"),
        /** A program moved the customer elsewhere. */
        PROGRAM_MOVED_CUSTOMER("system"),
        /** The dialled customer never answered. */
        NEVER_CONNECTED(""),
        /** Another agent ended the call for all while this one was still in it. */
        CUT_OFF_BY_COLLEAGUE(""),
        /** There was no customer on a line: agents among themselves, a voicemail. */
        NO_CUSTOMER(""),
        /** The customer gave up waiting; only a queue segment is left. */
        ABANDONED("");

        private final String value;

        Act(String value) {
            this.value = value;
        }

        /** Says whether the agent meant to end it, and was not cut off. */
        boolean isOnPurpose() {
            return this != AGENT_REFRESHED && this != AGENT_CRASHED && this != SUPERVISOR_REMOVED_AGENT;
        }

        /** Says whether who talks on tells of it, and not how the conference ended. */
        boolean isHandOver() {
            return switch (this) {
                case COLD_TRANSFERRED, WARM_TRANSFERRED, CONSULTED, LEFT_WITH_OUTSIDE_PARTY -> true;
                default -> false;
            };
        }

        /** The value for such an end, in the default spelling; empty where nothing is written. */
        public Optional<String> hangUpBy() {
            return value.isEmpty() ? Optional.empty() : Optional.of(value);
        }
    }
}
