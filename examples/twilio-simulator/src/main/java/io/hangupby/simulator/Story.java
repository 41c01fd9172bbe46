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
    INTERNAL(1),
    /** The agent hands the customer on to a colleague and leaves; the customer hangs up on the colleague. */
    COLD_TRANSFER(3, true),
    /** The same to a queue, where a first colleague declines; the second one clicks Hang up. */
    COLD_TRANSFER_TO_QUEUE(1, true),
    /** The same to a colleague who declines; the agent takes the customer back, who hangs up. */
    COLD_TRANSFER_DECLINED(1, true),
    /** The same, but the customer gives up before the colleague accepts. */
    COLD_TRANSFER_ABANDONED(1, true),
    /** The agent talks to a colleague and leaves the customer with the colleague; the customer hangs up. */
    WARM_TRANSFER(3, true),
    /** The same, and both agents are in after-call work at once. */
    WARM_TRANSFER_OVERLAPPING(1, true),
    /** The agent consults a colleague, who leaves; the agent clicks Hang up. */
    CONSULT(2, true),
    /** The same, but at the end the agent's connection breaks off. */
    CONSULT_THEN_CRASH(1, true),
    /** The customer, on hold, hangs up while the agents talk. */
    CUSTOMER_LEAVES_CONSULT(1, true),
    /** The agent dials an outside party in and leaves the customer with it. */
    EXTERNAL_WARM_TRANSFER(2, true),
    /** The agent sends the customer to an outside number. */
    EXTERNAL_COLD_TRANSFER(2, true),
    /** An outside party comes and goes; the customer hangs up. */
    OUTSIDE_PARTY_LEAVES(1, true),
    /** A supervisor listens in; the customer hangs up. */
    SUPERVISOR_LISTENS(1, true),
    /** A supervisor joins and ends the call. */
    SUPERVISOR_ENDS(1, true);

    private final int weight;
    private final boolean manyParties;

    Story(int weight) {
        this(weight, false);
    }

    Story(int weight, boolean manyParties) {
        this.weight = weight;
        this.manyParties = manyParties;
    }

    /** Says whether others than one agent and the customer take part: transfers, outside parties, supervisors. */
    public boolean hasManyParties() {
        return manyParties;
    }

    /** Its share in the mix, beside the others' weights. */
    public int weight() {
        return weight;
    }
}
