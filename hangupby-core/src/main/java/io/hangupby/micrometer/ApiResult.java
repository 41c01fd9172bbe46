package io.hangupby.micrometer;

import io.hangupby.internal.twilio.TaskUpdate;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.twilio.TwilioFailure;
import java.util.Optional;

/** The metric tag for the result of a request to Twilio. */
final class ApiResult {
    private static final String OK = "ok";
    private static final String NOT_FOUND = "not-found";
    private static final String CONFLICT = "conflict";
    private static final String FAILED = "failed";

    private ApiResult() {}

    static String of(Object response) {
        if (response instanceof TaskUpdate.ChangedMeanwhile) {
            return CONFLICT;
        }
        if (response instanceof TaskUpdate.Gone) {
            return NOT_FOUND;
        }
        return response instanceof Optional<?> found && found.isEmpty() ? NOT_FOUND : OK;
    }

    static String ofFailure(Throwable failed) {
        return failed instanceof TwilioFailure failure ? Telemetry.word(failure.kind()) : FAILED;
    }
}
