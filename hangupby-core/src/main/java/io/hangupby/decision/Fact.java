package io.hangupby.decision;

/**
 * One thing that a verdict rests on. Immutable.
 *
 * @param source who says so
 * @param statement what it says, in words a supervisor understands; SIDs may appear in it, numbers never
 */
public record Fact(Source source, String statement) {

    /** Where a fact comes from. */
    public enum Source {
        /** TaskRouter's events. */
        EVENTS,
        /** Twilio's Conference resource. */
        CONFERENCE,
        /** Twilio's list of the legs in a running conference. */
        PARTICIPANTS,
        /** Twilio's Call resource. */
        CALL,
        /** The task's attributes, read fresh. */
        TASK,
        /** The conference's status callbacks. */
        CALLBACKS,
        /** A setting of this installation. */
        SETTING,
        /** What the application itself knows, told by a rule of its own. */
        APPLICATION
    }

    @Override
    public String toString() {
        return source + ": " + statement;
    }
}
