package io.hangupby.simulator.account;

import java.util.Optional;

/** Who is connected by a leg. */
public record Party(Kind kind, Optional<Agent> agent, Optional<String> label) {

    public static final Party CUSTOMER = new Party(Kind.CUSTOMER, Optional.empty(), Optional.empty());

    public static Party of(Agent agent) {
        return new Party(Kind.AGENT, Optional.of(agent), Optional.empty());
    }

    /** A colleague whom an agent calls without a reservation. */
    public static Party colleague(Agent agent) {
        return new Party(Kind.COLLEAGUE, Optional.of(agent), Optional.empty());
    }

    public static Party supervisor(Agent agent) {
        return new Party(Kind.SUPERVISOR, Optional.of(agent), Optional.empty());
    }

    public static Party dialled(Kind kind, Optional<String> label) {
        return new Party(kind, Optional.empty(), label);
    }

    public boolean is(Agent other) {
        return agent.isPresent() && agent.get().equals(other);
    }

    public enum Kind {
        CUSTOMER,
        SECOND_CUSTOMER,
        AGENT,
        COLLEAGUE,
        SUPERVISOR,
        OUTSIDE,
        RECORDER;

        /** Returns whether an agent dialled the party into the conference by its number. */
        public boolean isDialledIn() {
            return this == OUTSIDE || this == SECOND_CUSTOMER;
        }
    }
}
