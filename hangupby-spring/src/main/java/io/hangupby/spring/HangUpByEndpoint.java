package io.hangupby.spring;

import io.hangupby.HangUpBy;
import io.hangupby.decision.Explanation;
import io.hangupby.journal.JournalException;
import io.hangupby.twilio.TwilioFailure;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * The actuator endpoint {@code hangupby}:
 *
 * <ul>
 *   <li>{@code GET /actuator/hangupby}: the status, and facts of what Twilio's events are like;
 *   <li>{@code GET …/audit}: verdicts beside what Voice Insights says, as the lines of a table;
 *   <li>{@code GET …/check}: the check of the set-up, which takes seconds;
 *   <li>{@code GET …/parked}: the parked tasks;
 *   <li>{@code POST …/parked/WS…/WT…}: retries a parked task;
 *   <li>{@code GET …/explain/WT…} and {@code …/explain/WS…/WT…}: the explanation of a task.
 * </ul>
 *
 * <p>It shows no secret, no telephone number and no attribute of a task. Thread-safe.
 */
@Endpoint(id = "hangupby")
final class HangUpByEndpoint {
    private final HangUpBy hangUpBy;

    HangUpByEndpoint(HangUpBy hangUpBy) {
        this.hangUpBy = hangUpBy;
    }

    @ReadOperation
    Map<String, Object> status() {
        return EndpointJson.of(hangUpBy.status());
    }

    /** Returns null, which is a 404, for any other part. */
    @ReadOperation
    @Nullable
    Object part(@Selector String part) {
        return switch (part) {
            case "check" -> EndpointJson.of(hangUpBy.check());
            case "audit" ->
                Map.of("lines", hangUpBy.auditReport().toString().lines().toList());
            case "parked" -> responded(() -> EndpointJson.ofParked(hangUpBy.parked()));
            default -> null;
        };
    }

    @ReadOperation
    @Nullable
    Object explain(@Selector String part, @Selector String task) {
        return part.equals("explain") ? explained(() -> hangUpBy.explain(task)) : null;
    }

    @ReadOperation
    @Nullable
    Object explainInWorkspace(@Selector String part, @Selector String workspace, @Selector String task) {
        return part.equals("explain") ? explained(() -> hangUpBy.explain(workspace, task)) : null;
    }

    @WriteOperation
    @Nullable
    Object retry(@Selector String part, @Selector String workspace, @Selector String task) {
        return part.equals("parked")
                ? responded(() -> Map.of("wasParked", hangUpBy.retryParked(workspace, task)))
                : null;
    }

    private static Object explained(Supplier<Explanation> explanation) {
        return responded(() -> EndpointJson.of(explanation.get()));
    }

    private static Object responded(Supplier<Object> result) {
        try {
            return result.get();
        } catch (IllegalArgumentException | IllegalStateException invalid) {
            String reason = String.valueOf(invalid.getMessage());
            throw new InvalidEndpointRequestException(reason, reason);
        } catch (TwilioFailure | JournalException unavailable) {
            return new WebEndpointResponse<>(
                    Map.of("problem", String.valueOf(unavailable.getMessage())),
                    WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
        }
    }
}
