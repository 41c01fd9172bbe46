package io.hangupby.simulator.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The parts of an HTTP request that the simulated API uses. Immutable. */
record ApiRequest(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> form,
        Optional<String> ifMatch,
        Optional<String> authorization) {

    /** Returns the parameters of a form or a query. */
    static Map<String, String> decode(String encoded) {
        Map<String, String> params = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals >= 0) {
                params.put(text(pair.substring(0, equals)), text(pair.substring(equals + 1)));
            }
        }
        return params;
    }

    private static String text(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }

    Optional<String> filter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    /** Returns whether the request includes resources with this value: it has no such filter, or the value matches it. */
    boolean includes(String filter, String value) {
        return filter(filter).map(value::equals).orElse(true);
    }
}
