package io.hangupby.internal.twilio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Twilio answered with an error status. Thrown through twilio-java, whose own exception keeps neither the status of an
 * answer without JSON nor the {@code Retry-After} header.
 */
final class HttpStatusException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final JsonFactory JSON = new JsonFactory();
    private static final int NO_CODE = 0;

    private final int status;
    private final int code;
    private final String retryAfter;

    HttpStatusException(int status, byte[] body, String retryAfter) {
        super("HTTP " + status, null, false, false);
        this.status = status;
        this.code = code(body);
        this.retryAfter = retryAfter;
    }

    int status() {
        return status;
    }

    /** The status, and Twilio's own code for what is wrong, which its error dictionary explains. */
    String problem() {
        return "HTTP " + status + (code == NO_CODE ? "" : ", Twilio error " + code);
    }

    /** Twilio does not document the header; where it comes, it is seconds. */
    Optional<Duration> retryAfter() {
        return retryAfter.matches("\\d{1,5}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)))
                : Optional.empty();
    }

    private static int code(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && "code".equals(parser.currentName())) {
                    return parser.getIntValue();
                }
            }
            return NO_CODE;
        } catch (IOException notJson) {
            return NO_CODE;
        }
    }
}
