package io.hangupby.decision;

/**
 * One fact that a verdict is based on. Immutable.
 *
 * @param source where the fact comes from
 * @param statement the fact, in words that a supervisor understands; may contain SIDs, never telephone numbers
 */
public record Fact(Source source, String statement) {

    /** Where a fact comes from. */
    public enum Source {
        /** TaskRouter's events. */
        EVENTS,
        /** Twilio's Conference resource. */
        CONFERENCE,
        /** Twilio's Participants resource: the legs in a running conference. */
        PARTICIPANTS,
        /** Twilio's Call resource. */
        CALL,
        /** The task's attributes, read fresh. */
        TASK,
        /** The conference's status callbacks. */
        CALLBACKS,
        /** What Voice Insights says, after the verdict. */
        VOICE_INSIGHTS,
        /** A setting of this installation. */
        SETTING,
        /** The application's own knowledge, supplied by a user's rule. */
        APPLICATION
    }

    @Override
    public String toString() {
        return source + ": " + statement;
    }
}
