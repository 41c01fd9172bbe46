package io.hangupby;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Reads settings that are addresses. */
final class HttpUrl {
    private static final Pattern SECOND_ADDRESS = Pattern.compile(",\\s*https?:", Pattern.CASE_INSENSITIVE);

    /** The name and the password in front of the host, and the query. */
    private static final Pattern SECRETS = Pattern.compile("(?<=//)[^/?#,\\s]*@|\\?[^,\\s]*");

    private HttpUrl() {}

    /** @throws HangUpByConfigurationException if the text is not an absolute http or https URL */
    static URI of(String property, String text) {
        try {
            URI url = new URI(text.strip());
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (http && url.getRawAuthority() != null) {
                return url;
            }
        } catch (URISyntaxException malformed) {
            throw HangUpByBuilder.wrong(property, "an absolute http or https URL");
        }
        throw HangUpByBuilder.wrong(property, "an absolute http or https URL");
    }

    /**
     * Returns the address of the place where hangupby is mounted. The path of the endpoint and the query come from the request.
     *
     * @throws HangUpByConfigurationException if the text is not a single absolute http or https URL without a query
     */
    static String ofMount(String property, String text) {
        if (SECOND_ADDRESS.matcher(text).find()) {
            throw new HangUpByConfigurationException(
                    property,
                    "holds several addresses: " + withoutSecrets(text),
                    "give several addresses in hangupby.public-urls. Spring joins an option that is given twice with a comma");
        }
        URI url = of(property, text);
        if (url.getRawQuery() != null) {
            throw new HangUpByConfigurationException(
                    property, "has a query", "leave the query out: it is taken from each request");
        }
        return url.toString();
    }

    private static String withoutSecrets(String addresses) {
        return SECRETS.matcher(addresses.strip()).replaceAll("");
    }
}
