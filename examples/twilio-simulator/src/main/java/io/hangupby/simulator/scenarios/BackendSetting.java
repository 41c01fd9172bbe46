package io.hangupby.simulator.scenarios;

/** A setting of the backend without which a {@link CallScript} has other values. */
public enum BackendSetting {
    /** The backend knows that no Flex plugin is installed. */
    NO_PLUGIN,
    /** The backend takes {@value CallScript#MARKER_WORD} for a marker too. */
    MARKER_WORDS,
    /** The backend takes {@value CallScript#RECORDER} for no party. */
    IGNORED_PARTICIPANTS
}
