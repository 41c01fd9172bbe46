package io.hangupby.event;

import io.hangupby.call.Attendance;
import io.hangupby.call.CallSid;
import io.hangupby.call.Leave;
import io.hangupby.event.ConferenceEvent.Ended;
import io.hangupby.event.ConferenceEvent.LegLeft;
import io.hangupby.event.ConferenceEvent.LegSeen;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes down, event by event, who came into one conference and who left it. Used once, by one thread. */
final class AttendanceBook {
    private final Set<CallSid> seen = new HashSet<>();
    private final Set<CallSid> talking = new HashSet<>();
    private final List<Leave> leaves = new ArrayList<>();
    private Optional<CallSid> customer = Optional.empty();
    private Optional<Attendance.End> end = Optional.empty();

    private AttendanceBook() {}

    /** Returns what these events say, all of one conference and in their order. */
    static Attendance of(List<ConferenceEvent> events) {
        AttendanceBook book = new AttendanceBook();
        events.forEach(book::write);
        return new Attendance(book.customer, book.seen, book.talking, book.leaves, book.end);
    }

    private void write(ConferenceEvent event) {
        customer = event.origin().customer().or(() -> customer);
        if (event instanceof LegSeen leg) {
            seen.add(leg.leg());
            // Who comes back has not left.
            leaves.removeIf(leave -> leave.leg().equals(leg.leg()));
            talking.remove(leg.leg());
            if (leg.talking()) {
                talking.add(leg.leg());
            }
        } else if (event instanceof LegLeft leg) {
            leaves.add(new Leave(leg.leg(), leg.origin().number(), leg.at(), leg.reason(), leg.onHold()));
        } else if (event instanceof Ended over) {
            end = Optional.of(new Attendance.End(over.at(), over.reason(), over.leg()));
        }
    }
}
