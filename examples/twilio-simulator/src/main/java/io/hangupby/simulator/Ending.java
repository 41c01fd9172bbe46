package io.hangupby.simulator;

import java.util.Optional;

/**
 * How a segment really ended, and what a backend should have written about it. Immutable.
 *
 * @param act what the parties did
 * @param hangUpBy the value that is right, or empty where nothing may be written
 */
public record Ending(Act act, Optional<String> hangUpBy) {

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
        /** The agent gave up dialling before the customer answered. */
        AGENT_CANCELLED_DIAL("agent"),
        /** The agent's page was refreshed. */
        AGENT_REFRESHED("disconnect"),
        /** The agent's browser or computer crashed, or the network was lost. */
        AGENT_CRASHED("disconnect"),
        /** A program ended the conference. */
        PROGRAM_ENDED_CONFERENCE("system"),
        /** A program moved the customer elsewhere. */
        PROGRAM_MOVED_CUSTOMER("system"),
        /** The dialled customer never answered. */
        NEVER_CONNECTED(""),
        /** There was no customer on a line: agents among themselves, a voicemail. */
        NO_CUSTOMER(""),
        /** The customer gave up waiting; only a queue segment is left. */
        ABANDONED("");

        private final String value;

        Act(String value) {
            this.value = value;
        }

        /** The value for such an end, in the default spelling; empty where nothing is written. */
        public Optional<String> hangUpBy() {
            return value.isEmpty() ? Optional.empty() : Optional.of(value);
        }
    }
}
