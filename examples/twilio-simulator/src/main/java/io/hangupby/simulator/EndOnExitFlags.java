package io.hangupby.simulator;

import io.hangupby.simulator.account.Party;
import io.hangupby.simulator.internal.account.ConferenceLeg;
import io.hangupby.simulator.internal.account.SimulatedConference;

/**
 * Sets the end-conference-on-exit flags as the agents' browsers do. An agent's own flag is on while at most two parties talk.
 * With three or more it is off, so that the conference goes on without the agent. A browser that has died updates no flag.
 */
final class EndOnExitFlags {

    private static final int TWO_PARTIES = 2;

    private final SimulatedConference conference;
    private final CallOptions options;
    private final boolean crowded;
    private final boolean withoutFlags;

    private EndOnExitFlags(SimulatedConference conference, CallOptions options) {
        this.conference = conference;
        this.options = options;
        this.crowded = conference.legs().stream().filter(EndOnExitFlags::counts).count() > TWO_PARTIES;
        this.withoutFlags = crowded
                && options.openThreeWayTalk()
                && conference.legs().stream().anyMatch(leg -> leg.party().kind().isDialledIn() && leg.isConnected())
                && agents() <= 1;
    }

    /** Brings all flags up to date. */
    static void update(SimulatedConference conference, CallOptions options) {
        EndOnExitFlags flags = new EndOnExitFlags(conference, options);
        conference.legs().forEach(leg -> conference.endOnExit(leg, flags.wanted(leg)));
    }

    /** A supervisor who only listens does not count. */
    private static boolean counts(ConferenceLeg leg) {
        return leg.is(Party.Kind.SUPERVISOR) ? leg.talks() : leg.isConnected();
    }

    private long agents() {
        return conference.legs().stream()
                .filter(leg -> leg.is(Party.Kind.AGENT) && leg.isConnected())
                .count();
    }

    private boolean aBrowserIsAlive() {
        return conference.legs().stream()
                .anyMatch(leg -> leg.is(Party.Kind.AGENT) && leg.isConnected() && !leg.isFrozen());
    }

    private boolean wanted(ConferenceLeg leg) {
        return switch (leg.party().kind()) {
            case AGENT -> leg.isFrozen() ? leg.endOnExit() : ofAgent(leg);
            case CUSTOMER -> mayBeChanged(leg) ? options.customerEndsConference() && !withoutFlags : leg.endOnExit();
            case OUTSIDE, SECOND_CUSTOMER ->
                mayBeChanged(leg) ? options.outsideEndsConference() || !crowded : leg.endOnExit();
            case SUPERVISOR -> options.supervisorEndsConference() && leg.talks();
            case COLLEAGUE, RECORDER -> leg.endOnExit();
        };
    }

    private boolean ofAgent(ConferenceLeg leg) {
        return options.agentEndsConference() && !crowded && !leg.isHandingOver();
    }

    /** Returns whether a browser changes the flags of other legs: only with the option, and not of a leg on hold. */
    private boolean mayBeChanged(ConferenceLeg leg) {
        return options.openThreeWayTalk() && aBrowserIsAlive() && !leg.isOnHold() && leg.isConnected();
    }
}
