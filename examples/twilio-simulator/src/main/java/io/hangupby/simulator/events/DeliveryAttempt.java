package io.hangupby.simulator.events;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * One request to a webhook and its response, for the message of a test that failed. Immutable.
 *
 * @param event what was sent, such as {@code reservation.wrapup}
 * @param target where it was sent
 * @param result the status
 * @param contentType the response's content type, or empty
 * @param location where the response redirects to, if it does
 * @param beginning the beginning of the response's body
 */
record DeliveryAttempt(
        String event,
        WebhookTarget target,
        AttemptResult result,
        String contentType,
        Optional<String> location,
        String beginning) {

    private static final int SHOWN = 120;

    private int status() {
        return result.status();
    }

    /** Returns whether the webhook took the event. */
    boolean isAccepted() {
        return result.hasResponse() && status() < 300;
    }

    /** Describes the request and its response in one line. */
    String line() {
        if (!result.hasResponse()) {
            return event + ": " + (result.equals(AttemptResult.NO_CONNECTION) ? "no connection" : "no response");
        }
        return event + ": " + status()
                + (isAccepted() ? "" : " " + contentType)
                + location.map(to -> " to " + to).orElse("")
                + (isAccepted() || beginning.isBlank() ? "" : " " + shortened());
    }

    private String shortened() {
        String oneLine = beginning.strip().replaceAll("\\s+", " ");
        return oneLine.length() <= SHOWN ? oneLine : oneLine.substring(0, SHOWN) + "…";
    }

    /** Returns what to do about a response that did not take the event. */
    String remedy() {
        if (target.receiver().isPresent()) {
            return "The receiver of eventStream(…) threw an exception.";
        }
        URI uri = target.uri();
        if (result.equals(AttemptResult.NO_CONNECTION)) {
            return "Nothing listens at " + uri
                    + ": start the application before the call, and pass callback(…) its port.";
        }
        if (!result.hasResponse()) {
            return "The application did not respond in time: see its log and its threads.";
        }
        if (isRejectionOfHangupby()) {
            return status() == 403
                    ? "hangupby rejected the request: it is signed with the simulator's auth token for "
                            + target.publicUrl() + ". Compare hangupby.auth-token and hangupby.public-url with them."
                    : "hangupby rejected the request; the response and the application's log say why.";
        }
        if (status() == 404 || status() == 405) {
            return "The response is not hangupby's: nothing takes POST requests at " + uri.getPath()
                    + ". See in its log that the application started without an error, and compare the path with"
                    + " hangupby.path, or with the servlet's mapping. With Spring, see that hangupby.enabled is not false.";
        }
        return "The response is not hangupby's: a login, a CSRF check, a proxy or another handler responds in front of it. Let POST requests to "
                + uri.getPath() + " pass to hangupby.";
    }

    private boolean isRejectionOfHangupby() {
        return contentType.toLowerCase(Locale.ROOT).startsWith("application/json")
                && beginning.stripLeading().startsWith("{\"error\":\"");
    }
}
