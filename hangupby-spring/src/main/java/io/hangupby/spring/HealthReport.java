package io.hangupby.spring;

import io.hangupby.telemetry.HangUpByStatus;
import io.hangupby.telemetry.TwilioStatus;
import io.hangupby.twilio.Reachability;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of a health check, for any version of Spring Boot. Immutable.
 *
 * @param up whether values can be written; parked tasks do not make the health check fail
 * @param details the status in detail
 */
record HealthReport(boolean up, Map<String, Object> details) {

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
        return new HealthReport(status.journalUp() && status.twilio().stream().allMatch(HealthReport::isUp), details);
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
