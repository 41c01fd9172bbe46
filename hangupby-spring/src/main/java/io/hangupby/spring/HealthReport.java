package io.hangupby.spring;

import io.hangupby.HangUpByStatus;
import io.hangupby.TwilioStatus;
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
        details.put("refused", status.rejectedEvents());
        details.put("missed", status.missedEvents());
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
