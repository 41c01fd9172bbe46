package io.hangupby.simulator;

import java.util.Optional;

/** Who sits on a leg. */
record Party(Kind kind, Optional<Agent> agent, Optional<String> label) {

    static final Party CUSTOMER = new Party(Kind.CUSTOMER, Optional.empty(), Optional.empty());

    static Party of(Agent agent) {
        return new Party(Kind.AGENT, Optional.of(agent), Optional.empty());
    }

    boolean is(Agent other) {
        return agent.isPresent() && agent.get().equals(other);
    }

    enum Kind {
        CUSTOMER,
        AGENT,
        SUPERVISOR,
        OUTSIDE
    }
}
