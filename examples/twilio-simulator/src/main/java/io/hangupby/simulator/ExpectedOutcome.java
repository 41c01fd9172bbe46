package io.hangupby.simulator;

import java.util.Optional;

/**
 * How a segment really ended, and what a backend is expected to write. Immutable.
 *
 * @param cause what ended the segment
 * @param hangUpBy the expected value, or empty if nothing may be written
 * @param destination the expected destination, or empty if none may be written
 * @param needsDepartureOrder whether only the conference's status callbacks can show it: the customer left first, and the API
 *     shows only who ended the conference of the others
 */
public record ExpectedOutcome(
        Cause cause, Optional<String> hangUpBy, Optional<String> destination, boolean needsDepartureOrder) {

    /** Creates an outcome that the API shows, without a destination. */
    public ExpectedOutcome(Cause cause, Optional<String> hangUpBy) {
        this(cause, hangUpBy, Optional.empty(), false);
    }

    ExpectedOutcome needingDepartureOrder() {
        return new ExpectedOutcome(cause, hangUpBy, destination, true);
    }

    /** What ended the customer's conversation with the agent. */
    public enum Cause {
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
        /** The agent redirected the customer to a survey. */
        AGENT_SENT_CUSTOMER_ON("agent"),
        /** The agent ended the call with the End button, on a desk phone: Flex removed the leg. */
        AGENT_PRESSED_END("agent"),
        /** The agent stopped dialling before the customer picked up. */
        AGENT_CANCELLED_DIAL("agent"),
        /** The agent's page was refreshed. */
        AGENT_REFRESHED("disconnect"),
        /** The agent's browser or computer crashed, or the network was lost. */
        AGENT_CRASHED("disconnect"),
        /** The agent transferred the customer to another agent or a queue, and left at once. */
        COLD_TRANSFERRED("cold transfer"),
        /** The agent left the customer with another agent who had joined. */
        WARM_TRANSFERRED("warm transfer"),
        /** The agent was consulted and left again; the customer stayed with the first one. */
        CONSULTED("consult"),
        /** The agent sent the customer to an outside number. */
        SENT_TO_A_NUMBER("external cold transfer"),
        /** The agent left the customer with an outside party whose phone still rang. */
        LEFT_WITH_RINGING_PARTY("external cold transfer"),
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
        /** A program redirected the customer. */
        PROGRAM_MOVED_CUSTOMER("system"),
        /** The dialled customer never picked up. */
        NEVER_CONNECTED(""),
        /** Another agent ended the call for all while this one was still in it. */
        CUT_OFF_BY_COLLEAGUE(""),
        /** There was no customer in the call: an internal call, or a voicemail. */
        NO_CUSTOMER(""),
        /** The customer gave up waiting; there is only a queue segment. */
        ABANDONED("");

        private final String value;

        Cause(String value) {
            this.value = value;
        }

        /** Returns whether the agent ended it on purpose, and was not disconnected. */
        boolean isOnPurpose() {
            return this != AGENT_REFRESHED && this != AGENT_CRASHED && this != SUPERVISOR_REMOVED_AGENT;
        }

        /** Returns what a backend takes it for if its settings say that no plugin is installed. */
        Cause withoutPlugin() {
            return switch (this) {
                case AGENT_REFRESHED, AGENT_CRASHED -> AGENT_CLICKED;
                case PROGRAM_ENDED_CONFERENCE -> AGENT_ENDED_FOR_ALL;
                case PROGRAM_MOVED_CUSTOMER -> AGENT_SENT_CUSTOMER_ON;
                default -> this;
            };
        }

        /** Returns whether the customer ended it. */
        boolean isOfCustomer() {
            return this == CUSTOMER_HUNG_UP || this == CUSTOMER_LOST_SIGNAL;
        }

        /** Returns whether the participants who stay show it, not the end of the conference. */
        boolean isHandOver() {
            return switch (this) {
                case COLD_TRANSFERRED, WARM_TRANSFERRED, CONSULTED, LEFT_WITH_OUTSIDE_PARTY, LEFT_WITH_RINGING_PARTY ->
                    true;
                default -> false;
            };
        }

        /** Returns the default value for this cause; empty if nothing is written. */
        public Optional<String> hangUpBy() {
            return value.isEmpty() ? Optional.empty() : Optional.of(value);
        }
    }
}
