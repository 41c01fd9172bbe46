package io.hangupby.simulator;

/**
 * Sets the end-conference-on-exit flags as the agents' browsers do: an agent's own is on while at most two take part in
 * the talk and off above, so that a talk of three goes on without the agent. A browser that has died updates nothing.
 */
final class EndFlags {

    private static final int A_TALK_OF_TWO = 2;

    private final Room room;
    private final CallOptions options;
    private final boolean crowded;
    private final boolean opened;

    private EndFlags(Room room, CallOptions options) {
        this.room = room;
        this.options = options;
        this.crowded = room.legs().stream().filter(EndFlags::counts).count() > A_TALK_OF_TWO;
        this.opened = crowded
                && options.openThreeWayTalk()
                && room.legs().stream().anyMatch(leg -> leg.party().kind().isDialledIn() && leg.isConnected())
                && agents() <= 1;
    }

    /** Brings all flags up to date. */
    static void update(Room room, CallOptions options) {
        EndFlags flags = new EndFlags(room, options);
        room.legs().forEach(leg -> room.endOnExit(leg, flags.wanted(leg)));
    }

    /** A supervisor who just listens in takes no part. */
    private static boolean counts(Leg leg) {
        return leg.is(Party.Kind.SUPERVISOR) ? leg.talks() : leg.isConnected();
    }

    private long agents() {
        return room.legs().stream()
                .filter(leg -> leg.is(Party.Kind.AGENT) && leg.isConnected())
                .count();
    }

    private boolean browserLives() {
        return room.legs().stream().anyMatch(leg -> leg.is(Party.Kind.AGENT) && leg.isConnected() && !leg.isFrozen());
    }

    private boolean wanted(Leg leg) {
        return switch (leg.party().kind()) {
            case AGENT -> leg.isFrozen() ? leg.endOnExit() : ofAgent(leg);
            case CUSTOMER -> mayBeChanged(leg) ? options.customerEndsConference() && !opened : leg.endOnExit();
            case OUTSIDE, SECOND_CUSTOMER ->
                mayBeChanged(leg) ? options.outsideEndsConference() || !crowded : leg.endOnExit();
            case SUPERVISOR -> options.supervisorEndsConference() && leg.talks();
            case COLLEAGUE -> leg.endOnExit();
        };
    }

    private boolean ofAgent(Leg leg) {
        return options.agentEndsConference() && !crowded && !leg.isHandingOver();
    }

    /** Only the option lets a browser change others' flags, and a leg on hold is out of its reach. */
    private boolean mayBeChanged(Leg leg) {
        return options.openThreeWayTalk() && browserLives() && !leg.isOnHold() && leg.isConnected();
    }
}
