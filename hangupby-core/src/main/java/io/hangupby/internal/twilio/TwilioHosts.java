package io.hangupby.internal.twilio;

import com.twilio.http.Request;
import java.net.URI;
import java.util.Optional;

/**
 * Which hosts are asked. Immutable.
 *
 * @param region the Twilio region in which the account is looked after, such as {@code ie1}; else {@code us1}
 * @param edge where requests enter Twilio's network, such as {@code dublin}
 * @param baseUrl where requests go in place of Twilio's own hosts: a simulator, a proxy
 */
public record TwilioHosts(Optional<String> region, Optional<String> edge, Optional<URI> baseUrl) {

    /** Returns what is asked in place of Twilio's own hosts. */
    public static TwilioHosts at(URI baseUrl) {
        return new TwilioHosts(Optional.empty(), Optional.empty(), Optional.of(baseUrl));
    }

    /** Returns the address of a request, with its query. */
    URI address(Request request) {
        String url = request.constructURL().toString();
        return URI.create(baseUrl.map(base ->
                        base.toString().replaceFirst("/+$", "") + url.substring(url.indexOf('/', "https://".length())))
                .orElse(url));
    }
}
