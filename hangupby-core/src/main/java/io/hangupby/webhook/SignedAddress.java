package io.hangupby.webhook;

/**
 * The address for which a request has to be signed. Immutable.
 *
 * @param url all of it
 * @param isGiven whether a setting has it, and not the request, where whoever sent it can have written anything
 */
record SignedAddress(String url, boolean isGiven) {

    /** Returns what a log may tell of it: a query, or a user, is nobody's business. */
    String shown() {
        return isGiven ? url.replaceFirst("\\?.*", "").replaceFirst("//[^/]*@", "//") : "the address by which it came";
    }
}
