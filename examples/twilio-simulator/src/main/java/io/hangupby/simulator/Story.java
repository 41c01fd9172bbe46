package io.hangupby.simulator;

/** The calls that a {@link CallStream} plays. The weights make a realistic mix. */
public enum Story {
    /** The customer hangs up. */
    CUSTOMER_HANGS_UP(40),
    /** The customer hangs up while on hold. */
    CUSTOMER_HANGS_UP_ON_HOLD(3),
    /** The customer's mobile loses its signal. */
    CUSTOMER_LOSES_SIGNAL(3),
    /** The agent clicks Hang up. */
    AGENT_CLICKS(25),
    /** The agent clicks Hang up, with an older plugin. */
    AGENT_CLICKS_BARE_MARKER(3),
    /** The agent's page is refreshed. */
    AGENT_REFRESHES(4),
    /** The agent's laptop goes to sleep. */
    AGENT_CRASHES(4),
    /** An agent on a desk phone puts down the handset. */
    HANDSET_DOWN(3),
    /** The agent removes the customer. */
    CUSTOMER_REMOVED(2),
    /** The agent clicks and the customer is moved on to a survey. */
    SURVEY_AFTER_CLICK(2),
    /** A program moves the customer on. */
    MOVED_BY_PROGRAM(1),
    /** A program ends the conference. */
    ENDED_BY_PROGRAM(1),
    /** The agent ends the call for all. */
    ENDED_FOR_ALL(1),
    /** The agent calls the customer, who answers and hangs up. */
    OUTBOUND_ANSWERED(2),
    /** The agent calls the customer, who is busy. */
    OUTBOUND_BUSY(1),
    /** The agent calls the customer, who does not answer. */
    OUTBOUND_NO_ANSWER(1),
    /** The customer gives up in the queue. */
    ABANDONED_IN_QUEUE(2),
    /** The customer gives up while the agent's phone rings. */
    ABANDONED_WHILE_RINGING(1),
    /** One agent calls another and hangs up. */
    INTERNAL(1);

    private final int weight;

    Story(int weight) {
        this.weight = weight;
    }

    /** Its share in the mix, beside the others' weights. */
    public int weight() {
        return weight;
    }
}
