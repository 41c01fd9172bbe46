package io.hangupby.example.endurance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Sends large forms of an unknown account, as fast as possible, to an application with many accounts. */
final class UnknownAccounts implements Attack {
    /** The limit of CPU time per form: receiving and decoding a quarter of a MiB has a cost. */
    private static final double MILLIS_OF_CPU = 6;

    private static final int SENDERS = 4;
    private static final int ACCOUNTS = 50;
    private static final String FORM = "AccountSid=AC" + "f".repeat(32) + "&WorkspaceSid=WS" + "f".repeat(32)
            + List.of("A", "B", "C", "D").stream()
                    .map(name -> "&" + name + "=" + "a".repeat(60 * 1024))
                    .collect(Collectors.joining());

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    private final AtomicInteger sent = new AtomicInteger();
    private final Map<Integer, Integer> responses = new ConcurrentSkipListMap<>();
    private Runnable stop = () -> {};
    private volatile double millisOfCpu;

    /** Returns the arguments that configure many accounts. */
    static List<String> accounts() {
        List<String> accounts = new ArrayList<>();
        for (int i = 1; i < ACCOUNTS; i++) {
            accounts.add("--hangupby.accounts.a%d.account-sid=AC%032x".formatted(i, i));
            accounts.add("--hangupby.accounts.a%d.auth-token=%032x".formatted(i, i));
        }
        return accounts;
    }

    @Override
    public void begin(Victim victim) {
        Duration before = victim.process().cpu();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + victim.port() + "/hangupby/taskrouter"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Twilio-Signature", "bm90IFR3aWxpbydz")
                .POST(HttpRequest.BodyPublishers.ofString(FORM))
                .build();
        for (int i = 0; i < SENDERS; i++) {
            senders.execute(() -> send(request));
        }
        stop = () -> millisOfCpu = victim.process().cpu().minus(before).toMillis() / (double) Math.max(1, sent.get());
    }

    private void send(HttpRequest request) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                int status = http.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                responses.merge(status, 1, Integer::sum);
                sent.incrementAndGet();
            } catch (IOException brokenOff) {
                responses.merge(0, 1, Integer::sum);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void end() throws InterruptedException {
        stop.run();
        senders.shutdownNow();
        senders.awaitTermination(20, TimeUnit.SECONDS);
    }

    @Override
    public Observation observe() {
        return new Observation(
                String.format(Locale.ROOT, "%.1f ms of CPU for each form; statuses %s", millisOfCpu, responses),
                millisOfCpu <= MILLIS_OF_CPU && !responses.containsKey(204));
    }
}
