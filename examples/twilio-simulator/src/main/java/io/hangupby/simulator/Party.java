package io.hangupby.simulator;

import java.util.Optional;

/** Who sits on a leg. */
record Party(Kind kind, Optional<Agent> agent, Optional<String> label) {

    static final Party CUSTOMER = new Party(Kind.CUSTOMER, Optional.empty(), Optional.empty());

    static Party of(Agent agent) {
        return new Party(Kind.AGENT, Optional.of(agent), Optional.empty());
    }

    /** A colleague whom an agent calls; there is no reservation for that. */
    static Party colleague(Agent agent) {
        return new Party(Kind.COLLEAGUE, Optional.of(agent), Optional.empty());
    }

    static Party supervisor(Agent agent) {
        return new Party(Kind.SUPERVISOR, Optional.of(agent), Optional.empty());
    }

    static Party dialled(Kind kind, Optional<String> label) {
        return new Party(kind, Optional.empty(), label);
    }

    boolean is(Agent other) {
        return agent.isPresent() && agent.get().equals(other);
    }

    enum Kind {
        CUSTOMER,
        SECOND_CUSTOMER,
        AGENT,
        COLLEAGUE,
        SUPERVISOR,
        OUTSIDE;

        /** Says whether an agent dialled them into the conference by a number. */
        boolean isDialledIn() {
            return this == OUTSIDE || this == SECOND_CUSTOMER;
        }
    }
}
