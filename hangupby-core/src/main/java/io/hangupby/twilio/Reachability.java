package io.hangupby.twilio;

/** How Twilio's API answered when it was last asked, from the best to the worst. */
public enum Reachability {
    /** It has not been asked yet. */
    UNTRIED,
    /** As it should. */
    OK,
    /** It asks for fewer requests (HTTP 429). */
    THROTTLED,
    /** With an error of its own, with something that is no answer of Twilio's, or not at all. */
    UNREACHABLE,
    /** It takes our credentials for wrong, or for not good enough. */
    UNAUTHORIZED
}
