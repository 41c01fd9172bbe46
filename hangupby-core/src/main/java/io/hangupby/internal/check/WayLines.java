package io.hangupby.internal.check;

import io.hangupby.check.CheckReport.Line;
import io.hangupby.internal.check.SelfRequest.Result;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Checks that a request which Twilio would send arrives in this application, and says what is in its way. */
final class WayLines {
    private static final String WAY = "public-url";
    private static final String OWN = "\"here\":true";

    private final CheckedAccount account;
    private final Way way;
    private final boolean sharedJournal;

    /**
     * @param sharedJournal whether all nodes use one database
     */
    WayLines(CheckedAccount account, Way way, boolean sharedJournal) {
        this.account = account;
        this.way = way;
        this.sharedJournal = sharedJournal;
    }

    Stream<Line> lines() {
        List<String> urls = account.callbackUrls();
        if (urls.isEmpty() && account.isQueued()) {
            return Stream.of(Line.ok(
                    WAY,
                    "Not tried, because events come from the application's own queue, and no public address is set."));
        }
        if (urls.isEmpty()) {
            return Stream.of(Line.warn(
                    WAY,
                    "hangupby.public-url is not set, so the way from Twilio to this application cannot be tried, and requests"
                            + " that were signed for another host are accepted.",
                    "hangupby.public-url=https://<your host>/hangupby\n" + WorkspaceLines.IF_QUEUED));
        }
        return way.results().entrySet().stream().map(sent -> line(sent.getKey(), sent.getValue()));
    }

    private Line line(String url, Result result) {
        String shown = Addresses.shown(url);
        if (result.failure().isPresent()) {
            return noResponse(url, result.failure().get());
        }
        if (result.arrivals() > 1) {
            return Line.warn(
                    WAY,
                    "A request to " + shown + " arrived " + result.arrivals() + " times.",
                    "Mount hangupby's servlet and its filter on different paths, and let no proxy repeat a POST.");
        }
        if (result.arrivals() == 1) {
            return arrived(shown, url, result);
        }
        return result.isRecognized() && !result.body().contains(OWN) ? otherNode(url) : inTheWay(url, result);
    }

    private Line arrived(String shown, String url, Result result) {
        boolean observed = account.observedUrls().contains(url) && !result.isRecognized();
        if (observed && result.status() >= 300) {
            return Line.warn(
                    WAY,
                    "A request to " + shown + " passed hangupby's filter, and the application's own handler responded "
                            + result.status() + ".",
                    "See that the handler ignores events that it does not know; Twilio repeats what fails, and counts it as an error.");
        }
        return Line.ok(WAY, "A signed request to " + shown + " arrived in this application, once.");
    }

    private Line otherNode(String url) {
        String shown = Addresses.shown(url);
        return sharedJournal
                ? Line.ok(WAY, "A signed request to " + shown + " arrived on another node.")
                : Line.wrong(
                        WAY,
                        "A signed request to " + shown
                                + " arrived in another process, and each process has a journal of its own"
                                + " in memory: no process knows a whole call.",
                        "With several nodes: hangupby.store=jdbc, with one database for all. If it is another application, correct "
                                + account.settingOf(url) + ".");
    }

    private Line noResponse(String url, IOException failure) {
        String shown = Addresses.shown(url);
        String host = Addresses.host(url);
        if (has(failure, UnknownHostException.class) || has(failure, UnresolvedAddressException.class)) {
            return noAddress(url, host);
        }
        if (SelfRequest.WITHOUT_TLS.equals(failure.getMessage())) {
            return Line.wrong(
                    WAY,
                    "TLS with " + host + " fails: " + SelfRequest.WITHOUT_TLS + ".",
                    "If " + account.settingOf(url)
                            + " is meant to be http, correct it. Otherwise let it name the port of the proxy"
                            + " that has the certificate.");
        }
        if (has(failure, SSLException.class)) {
            return Line.wrong(
                    WAY,
                    "TLS with " + host + " fails: " + firstLine(failure) + ".",
                    "Install the certificate of that name with its intermediate certificates. To see it: openssl s_client -connect "
                            + (host.contains(":") ? host : host + ":443") + " -servername "
                            + host.replaceFirst(":\\d+$", ""));
        }
        boolean connected = !has(failure, ConnectException.class);
        return Line.wrong(
                WAY,
                connected && has(failure, HttpTimeoutException.class)
                        ? shown + " gave no response in time."
                        : shown
                                + (connected
                                        ? " closed the connection without a response."
                                        : " accepts no connection."),
                "Open the port in the firewall, and let the proxy pass requests on to this application. If only this machine"
                        + " cannot reach its own public address, try from outside: curl -i -d a=b " + shown
                        + " shows a 403 of hangupby's.");
    }

    private Line noAddress(String url, String host) {
        return account.isSimulated() && Addresses.isExample(host)
                ? Line.warn(
                        WAY,
                        "Not tried, because " + host
                                + " is a name for examples, and requests go to a simulated Twilio.",
                        "In a test with a random port, nothing is to be done. To try the way, let the server listen at a fixed port, and set "
                                + account.settingOf(url) + " to its address, such as http://127.0.0.1:18081/hangupby.")
                : Line.wrong(
                        WAY,
                        "DNS has no address for " + host + ".",
                        "Correct " + account.settingOf(url)
                                + ", or add the name to DNS. To see what DNS has: dig +short "
                                + host.replaceFirst(":\\d+$", ""));
    }

    private Line inTheWay(String url, Result result) {
        String shown = Addresses.shown(url);
        Obstacle obstacle = way.mountInsteadOf(url)
                .map(mount -> Obstacle.ofPath(url, mount))
                .orElseGet(() -> Obstacle.of(result, account.settingOf(url)));
        return Line.wrong(
                WAY, "A signed request to " + shown + " did not arrive: " + obstacle.seen() + ".", obstacle.remedy());
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String firstLine(IOException failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("\\.$", "");
    }
}
