package io.hangupby.internal.webhook;

/**
 * The address that the signature of a request must match. Immutable.
 *
 * @param url the whole address
 * @param isGiven whether the address comes from a setting; an address from the request can be forged
 */
record SignedAddress(String url, boolean isGiven) {

    /** Returns the address for a log, without its query and user information. */
    String shown() {
        return isGiven ? shown(url) : "the address of the request";
    }

    /** Returns an address for a log, without its query and user information. */
    static String shown(String url) {
        return url.replaceFirst("\\?.*", "").replaceFirst("//[^/]*@", "//");
    }
}
