package io.hangupby.twilio;

/** The result of the last request to Twilio's API, from the best to the worst. */
public enum Reachability {
    /** No request has been made yet. */
    UNTRIED,
    /** Twilio responded as expected. */
    OK,
    /** Twilio asks for fewer requests (HTTP 429). */
    THROTTLED,
    /** Twilio responded with a server error or with an invalid response, or did not respond. */
    UNREACHABLE,
    /** Twilio rejected the credentials, or they lack a permission. */
    UNAUTHORIZED
}
