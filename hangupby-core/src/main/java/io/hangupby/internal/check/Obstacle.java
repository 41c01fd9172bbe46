package io.hangupby.internal.check;

import io.hangupby.internal.check.SelfRequest.Result;

/**
 * What kept a request from its way, as its response shows.
 *
 * @param seen the obstacle, as a clause
 * @param remedy how to remove it
 */
record Obstacle(String seen, String remedy) {

    /**
     * @param setting the setting that has the address
     */
    static Obstacle of(Result result, String setting) {
        return result.isOfHangUpBy() ? ofHangUpBy(result, setting) : ofOthers(result, setting);
    }

    /**
     * Returns the obstacle of a public address that has another path than the mount point.
     *
     * @param url the public address, with the endpoint
     * @param mount where this application takes requests
     */
    static Obstacle ofPath(String url, String mount) {
        String path = Addresses.path(url).replaceFirst("/taskrouter$", "");
        return new Obstacle(
                "hangupby is mounted at " + Addresses.path(mount) + ", and the public URL has "
                        + (path.isEmpty() ? "no path" : "the path " + path),
                "Set hangupby.public-url=" + Addresses.forCommand(mount) + ", and use that address at Twilio."
                        + (path.isEmpty()
                                ? ""
                                : " Or move hangupby there: hangupby.path=" + path + " without a context path.")
                        + " If a proxy is to rewrite the path, correct the proxy.");
    }

    /** Reads a rejection that hangupby itself sends: the request came, but was changed on its way. */
    private static Obstacle ofHangUpBy(Result result, String setting) {
        if (result.says("header is missing")) {
            return new Obstacle(
                    "X-Twilio-Signature was removed on the way",
                    "Let the proxy pass the header X-Twilio-Signature on.");
        }
        if (result.says("was read before")) {
            return new Obstacle(
                    "a filter of the application read the body before hangupby",
                    "Let that filter leave requests below hangupby.path alone, or register it after hangupby.");
        }
        if (result.says("no such endpoint")) {
            return new Obstacle(
                    "hangupby is there, but the path below it is another",
                    "Let " + setting
                            + " end with the path of hangupby, as Twilio sees it, and the proxy pass the path on"
                            + " unchanged.");
        }
        if (result.says("the signature does not match")) {
            return new Obstacle(
                    "the signature did not match when the request arrived",
                    "Another application with another token may be there, or a proxy changes the query or the body. The log of"
                            + " hangupby has a line \"Rejected a request\", which names the address or the token.");
        }
        return new Obstacle(
                "hangupby responded " + result.status(),
                result.status() == 503
                        ? "hangupby was busy or is being shut down. Run the check again."
                        : "Let the proxy pass the method, the content type and the body on unchanged.");
    }

    private static Obstacle ofOthers(Result result, String setting) {
        int status = result.status();
        if (status >= 300 && status < 400) {
            return new Obstacle(
                    "it was redirected to " + Addresses.shown(result.location()) + " (HTTP " + status + ")",
                    "If that is a login: let requests below hangupby.path pass without one (hangupby.security.enabled=true does so"
                            + " in Spring Security). If it is another address of this application: set " + setting
                            + " to it.");
        }
        return switch (status) {
            case 401 ->
                new Obstacle(
                        "a login is required (HTTP 401)",
                        "Let requests below hangupby.path pass without a login: Twilio has none, and hangupby checks the signature."
                                + " In Spring Security, hangupby.security.enabled=true does so, if "
                                + setting + " ends with hangupby.path.");
            case 403 ->
                new Obstacle(
                        "something in front of hangupby forbids it (HTTP 403), such as a protection against CSRF or a firewall",
                        "Exempt requests below hangupby.path from the protection against CSRF, and let the firewall pass Twilio's"
                                + " requests. In Spring Security, hangupby.security.enabled=true does so.");
            case 404, 405, 410 ->
                new Obstacle(
                        "nothing takes it at this path (HTTP " + status + ")",
                        "Let " + setting
                                + " end with the path at which this application takes the events (for hangupby's own"
                                + " endpoints hangupby.path, after the context path), and see that the proxy passes this path to"
                                + " this application.");
            case 502, 503, 504 ->
                new Obstacle(
                        "the proxy cannot reach the application (HTTP " + status + ")",
                        "Correct the proxy's upstream: the host and port at which this application listens.");
            default ->
                status < 300
                        ? new Obstacle(
                                "another application, or the page of a login, responded (HTTP " + status + ")",
                                "Correct " + setting + ", or let the proxy pass requests below it to this application,"
                                        + " without a login.")
                        : new Obstacle(
                                "the response was HTTP " + status + ", and not of hangupby",
                                "See what responds in front of hangupby, and let it pass requests below hangupby.path on.");
        };
    }
}
