package io.hangupby.simulator.scenarios;

/** The calls that a {@link CallGenerator} plays. Their weights give a realistic mix. */
public enum CallScenario {
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
    /** The agent clicks Hang up and the customer is redirected to a survey. */
    SURVEY_AFTER_CLICK(2),
    /** A program redirects the customer. */
    MOVED_BY_PROGRAM(1),
    /** A program ends the conference. */
    ENDED_BY_PROGRAM(1),
    /** The agent ends the conference for all. */
    ENDED_FOR_ALL(1),
    /** The agent calls the customer, who picks up and hangs up. */
    OUTBOUND_PICKED_UP(2),
    /** The agent calls the customer, who is busy. */
    OUTBOUND_BUSY(1),
    /** The agent calls the customer, who does not pick up. */
    OUTBOUND_NOT_PICKED_UP(1),
    /** The customer gives up in the queue. */
    ABANDONED_IN_QUEUE(2),
    /** The customer gives up while the agent's phone rings. */
    ABANDONED_WHILE_RINGING(1),
    /** One agent calls another and hangs up. */
    INTERNAL(1),
    /** The agent starts a cold transfer to a colleague and leaves; the customer hangs up on the colleague. */
    COLD_TRANSFER(3, true),
    /** A cold transfer to a queue, where the first colleague declines; the second colleague clicks Hang up. */
    COLD_TRANSFER_TO_QUEUE(1, true),
    /** A cold transfer to a colleague who declines; the agent resumes the call and the customer hangs up. */
    COLD_TRANSFER_DECLINED(1, true),
    /** A cold transfer in which the customer gives up before the colleague accepts. */
    COLD_TRANSFER_ABANDONED(1, true),
    /** The agent talks to a colleague and leaves the customer with the colleague; the customer hangs up. */
    WARM_TRANSFER(3, true),
    /** A warm transfer after which both agents are in after-call work at the same time. */
    WARM_TRANSFER_OVERLAPPING(1, true),
    /** The agent consults a colleague, who leaves; the agent clicks Hang up. */
    CONSULT(2, true),
    /** The agent consults a colleague, who leaves; then the agent's connection is lost. */
    CONSULT_THEN_CRASH(1, true),
    /** The customer, on hold, hangs up while the agents talk. */
    CUSTOMER_LEAVES_CONSULT(1, true),
    /** The agent dials an outside party into the conference and leaves the customer with it. */
    EXTERNAL_WARM_TRANSFER(2, true),
    /** The agent redirects the customer to an outside number. */
    EXTERNAL_COLD_TRANSFER(2, true),
    /** An outside party joins and leaves; the customer hangs up. */
    OUTSIDE_PARTY_LEAVES(1, true),
    /** A supervisor listens in; the customer hangs up. */
    SUPERVISOR_LISTENS(1, true),
    /** A supervisor joins and ends the call. */
    SUPERVISOR_ENDS(1, true);

    private final int weight;
    private final boolean manyParties;

    CallScenario(int weight) {
        this(weight, false);
    }

    CallScenario(int weight, boolean manyParties) {
        this.weight = weight;
        this.manyParties = manyParties;
    }

    /** Returns whether more than one agent and one customer take part: in transfers, with outside parties or supervisors. */
    public boolean hasManyParties() {
        return manyParties;
    }

    /** Returns its share in the mix, relative to the weights of the others. */
    public int weight() {
        return weight;
    }
}
