package io.hangupby.internal.twilio;

import com.twilio.http.Request;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The hosts of Twilio's API. Immutable.
 *
 * @param region the Twilio region of the account, such as {@code ie1}; empty for {@code us1}
 * @param edge where requests enter Twilio's network, such as {@code dublin}
 * @param baseUrl where requests go in place of Twilio's own hosts: a simulator or a proxy
 */
public record TwilioHosts(Optional<String> region, Optional<String> edge, Optional<URI> baseUrl) {
    private static final Pattern SLASHES_AT_END = Pattern.compile("/+$");

    /** Returns hosts that send all requests to a base URL in place of Twilio's own hosts. */
    public static TwilioHosts at(URI baseUrl) {
        return new TwilioHosts(Optional.empty(), Optional.empty(), Optional.of(baseUrl));
    }

    /** Returns the address of a request, with its query. */
    URI address(Request request) {
        String url = request.constructURL().toString();
        return URI.create(baseUrl.map(
                        base -> SLASHES_AT_END.matcher(base.toString()).replaceFirst("")
                                + url.substring(url.indexOf('/', "https://".length())))
                .orElse(url));
    }
}
