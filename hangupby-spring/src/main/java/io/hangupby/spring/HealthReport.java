package io.hangupby.spring;

import io.hangupby.telemetry.HangUpByStatus;
import io.hangupby.telemetry.TwilioStatus;
import io.hangupby.twilio.Reachability;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of a health check, for any version of Spring Boot. Immutable.
 *
 * @param status the status: down if events cannot be stored, degraded if values cannot be written for now; parked tasks have no effect
 * @param details the status in detail
 */
record HealthReport(String status, Map<String, Object> details) {
    private static final String UP = "UP";
    private static final String DOWN = "DOWN";

    /** Spring Boot leaves a status that it does not know out of the application's. Twilio's failure is not the application's. */
    private static final String DEGRADED = "DEGRADED";

    static HealthReport of(HangUpByStatus status) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (status.twilio().size() == 1) {
            details.putAll(details(status.twilio().get(0)));
        } else {
            Map<String, Object> accounts = new LinkedHashMap<>();
            status.twilio().forEach(twilio -> accounts.put(twilio.account().value(), details(twilio)));
            details.put("accounts", accounts);
        }
        details.put("journal", status.journalUp() ? "UP" : "DOWN");
        if (status.journalUp()) {
            details.put("due", status.due());
            details.put("parked", status.parked());
        }
        if (status.isJournalNearlyFull()) {
            details.put(
                    "journal-full",
                    status.journalPercentFull()
                            + " % by calls that have not ended; subscribe to the events of type completed,"
                            + " give the JVM more heap, or set hangupby.store=jdbc");
        }
        if (status.forgotten() > 0) {
            details.put("forgotten", status.forgotten());
        }
        details.put("collisions", status.collisions());
        details.put("recovered", status.recovered());
        details.put("rejectedEvents", status.rejectedEvents());
        details.put("missedEvents", status.missedEvents());
        return new HealthReport(status(status), details);
    }

    private static String status(HangUpByStatus status) {
        if (!status.journalUp()) {
            return DOWN;
        }
        return status.twilio().stream().allMatch(HealthReport::isUp) ? UP : DEGRADED;
    }

    private static Map<String, Object> details(TwilioStatus twilio) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("twilio", twilio.reachability());
        details.put("since", twilio.since());
        details.put("slowRequests", twilio.slowRequests());
        return details;
    }

    private static boolean isUp(TwilioStatus twilio) {
        boolean fails =
                twilio.reachability() == Reachability.UNAUTHORIZED || twilio.reachability() == Reachability.UNREACHABLE;
        return !(twilio.circuitOpen() && fails);
    }
}
