package io.hangupby.simulator.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hangupby.simulator.internal.text.InPlaceJson;
import java.util.HashMap;
import java.util.Map;

/** The response to an API call. Immutable. */
record ApiResponse(int status, String contentType, Map<String, String> headers, String body) {

    private static final String JSON = "application/json; charset=utf-8";

    static ApiResponse ok(ObjectNode body) {
        return ok(body, Map.of());
    }

    static ApiResponse ok(ObjectNode body, Map<String, String> headers) {
        return json(200, body, headers);
    }

    static ApiResponse error(int status, int code, String message) {
        return error(status, code, message, Map.of());
    }

    static ApiResponse error(int status, int code, String message, Map<String, String> headers) {
        ObjectNode body = InPlaceJson.MAPPER
                .createObjectNode()
                .put("code", code)
                .put("message", message)
                .put("more_info", "https://www.twilio.com/docs/errors/" + code)
                .put("status", status);
        return json(status, body, headers);
    }

    static ApiResponse notFound(String path) {
        return error(404, 20404, "The requested resource " + path + " was not found");
    }

    static ApiResponse changedMeanwhile() {
        return error(412, 20412, "The task has changed since it was read");
    }

    /** Returns this response with further headers. */
    ApiResponse with(Map<String, String> further) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(further);
        return new ApiResponse(status, contentType, all, body);
    }

    static ApiResponse html(int status) {
        return new ApiResponse(
                status,
                "text/html; charset=utf-8",
                Map.of(),
                "<html><body><h1>Please come back later</h1></body></html>");
    }

    private static ApiResponse json(int status, ObjectNode body, Map<String, String> headers) {
        try {
            return new ApiResponse(status, JSON, headers, InPlaceJson.MAPPER.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }
}
