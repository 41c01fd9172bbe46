package io.hangupby.internal.check;

import io.hangupby.internal.check.SelfRequest.Result;
import java.util.Map;
import java.util.Optional;

/**
 * What became of the requests that the check sends to this application. Immutable.
 *
 * @param results the result for each public address
 * @param mounts where this application takes requests, for each public address that does not reach it
 */
record Way(Map<String, Result> results, Map<String, String> mounts) {

    /** Returns whether a request to a public address arrives, here or on another node. */
    boolean arrives(String url) {
        return Optional.ofNullable(results.get(url)).stream()
                .anyMatch(result -> result.arrivals() > 0 || result.isRecognized());
    }

    /** Returns the address at which this application takes requests in place of a public address, if it was found. */
    Optional<String> mountInsteadOf(String url) {
        return Optional.ofNullable(mounts.get(url));
    }
}
