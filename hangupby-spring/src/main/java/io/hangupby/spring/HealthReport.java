package io.hangupby.spring;

import io.hangupby.HangUpByStatus;
import io.hangupby.twilio.Reachability;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a health check says, whatever Spring Boot calls its classes. Immutable.
 *
 * @param up whether values can be written; what was given up is somebody's to look at, and no reason to be down
 * @param details what else is known
 */
record HealthReport(boolean up, Map<String, Object> details) {

    static HealthReport of(HangUpByStatus status) {
        Reachability twilio = status.twilio();
        boolean fails = twilio == Reachability.UNAUTHORIZED || twilio == Reachability.UNREACHABLE;
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("twilio", twilio);
        details.put("since", status.since());
        details.put("journal", status.journalUp() ? "UP" : "DOWN");
        if (status.journalUp()) {
            details.put("due", status.due());
            details.put("parked", status.parked());
        }
        details.put("collisions", status.collisions());
        details.put("recovered", status.recovered());
        details.put("refused", status.refused());
        details.put("missed", status.missed());
        return new HealthReport(status.journalUp() && (status.canWrite() || !fails), details);
    }
}
