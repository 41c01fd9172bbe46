package io.hangupby.example.endurance;

import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.events.TwilioSigner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Sends requests that Twilio signed for another URL of the account, with headers that claim this URL. */
final class ForgedAddresses implements Attack {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String PATH = "/hangupby/taskrouter";
    private static final String OTHER = "https://other.example.com/hook";
    private static final String PROTO = "X-Forwarded-Proto: https\r\n";
    private static final String HOST = "X-Forwarded-Host: other.example.com\r\n";
    private static final List<Forgery> FORGERIES = List.of(
            new Forgery("# in the prefix", OTHER, PROTO + HOST + "X-Forwarded-Prefix: /hook#\r\n"),
            new Forgery("? in the prefix", OTHER + "?a=" + PATH, PROTO + HOST + "X-Forwarded-Prefix: /hook?a=\r\n"),
            new Forgery("# in the host", OTHER, PROTO + "X-Forwarded-Host: other.example.com/hook#\r\n"),
            new Forgery(
                    "? in the host", OTHER + "?a=" + PATH, PROTO + "X-Forwarded-Host: other.example.com/hook?a=\r\n"),
            new Forgery(
                    "# in the port",
                    "https://other.example.com:443/hook",
                    PROTO + HOST + "X-Forwarded-Port: 443/hook#\r\n"),
            new Forgery("# in the scheme", OTHER, "X-Forwarded-Proto: " + OTHER + "#\r\n"),
            new Forgery(
                    "a tab in the prefix", OTHER + "\ta" + PATH, PROTO + HOST + "X-Forwarded-Prefix: /hook\ta\r\n"));

    private final List<String> taken = new ArrayList<>();
    private String output = "";

    @Override
    public void begin(Victim victim) throws IOException {
        TwilioSimulator twilio = victim.twilio();
        SortedMap<String, String> form = Events.ofWorker(twilio);
        for (Forgery forgery : FORGERIES) {
            String signature = new TwilioSigner(twilio.authToken()).signature(forgery.signed(), form);
            String request = Wire.callback(PATH, "127.0.0.1:" + victim.port(), forgery.headers(), form, signature);
            if (Wire.status(victim.port(), request, LIMIT) == 204) {
                taken.add(forgery.name());
            }
        }
        output = victim.process().output();
    }

    @Override
    public void end() {}

    @Override
    public Observation observe() {
        boolean isWarned = output.lines().anyMatch(line -> line.contains("WARN") && line.contains("public-url"));
        return new Observation(
                "%d of %d taken %s; %s"
                        .formatted(
                                taken.size(),
                                FORGERIES.size(),
                                taken,
                                isWarned ? "warned at the start" : "no warning at the start"),
                taken.isEmpty() && isWarned);
    }

    private record Forgery(String name, String signed, String headers) {}
}
