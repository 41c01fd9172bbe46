package io.hangupby.example.endurance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Requests the report of real calls as nginx forwards a request with its default settings. */
final class ReportThroughProxy implements Attack {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final List<String> DATA = List.of("/report/calls", "/report/explanation?task=WT" + "0".repeat(32));

    private final List<String> shown = new ArrayList<>();

    @Override
    public void begin(Victim victim) {
        for (String path : DATA) {
            String request = "GET " + path + " HTTP/1.0\r\nHost: 127.0.0.1:" + victim.port()
                    + "\r\nConnection: close\r\nUser-Agent: Mozilla/5.0\r\nAccept: */*\r\n\r\n";
            int status = Wire.status(victim.port(), request, LIMIT);
            if (status != 403) {
                shown.add(path + ": " + status);
            }
        }
    }

    @Override
    public void end() {}

    @Override
    public Observation observe() {
        return new Observation(shown.isEmpty() ? "turned away" : "not turned away: " + shown, shown.isEmpty());
    }
}
