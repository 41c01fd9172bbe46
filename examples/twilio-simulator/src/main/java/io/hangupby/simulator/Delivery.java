package io.hangupby.simulator;

import io.hangupby.simulator.Retries.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the workspace's events to its callback, and those of conferences to theirs. The events of one task go one
 * after another, in order, unless told otherwise; those of different tasks go side by side. Thread-safe.
 */
public final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int THREADS = 8;

    private final String authToken;
    private final Random random;
    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS, Delivery::daemon);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    // All of the following are guarded by this.
    private final Map<String, CompletableFuture<Void>> tails = new TreeMap<>();
    private final SortedMap<Integer, Integer> answers = new TreeMap<>();
    private final Set<String> dropped = new HashSet<>();
    private final Set<String> held = new HashSet<>();
    private final List<CallbackEvent> heldBack = new ArrayList<>();
    private final Map<Hook, Target> targets = new EnumMap<>(Hook.class);
    private final Map<Hook, Retries> retries = new EnumMap<>(Hook.class);
    private int copies = 1;
    private boolean shuffled;
    private int underWay;
    private int unanswered;
    private int attempts;

    Delivery(String authToken, long seed) {
        this.authToken = authToken;
        this.random = new Random(seed);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "simulator-delivery");
        thread.setDaemon(true);
        return thread;
    }

    synchronized void to(Hook hook, URI uri, String publicUrl) {
        int hash = publicUrl.indexOf('#');
        if (hash >= 0) {
            retries.put(hook, Retries.parse(publicUrl.substring(hash + 1)));
        }
        targets.put(hook, new Target(hook, uri, hash < 0 ? publicUrl : publicUrl.substring(0, hash)));
    }

    /** Delivers each event so many times from now on; 1 is usual. */
    public synchronized void copies(int number) {
        copies = number;
    }

    /** Sends the events of each moment in random order from now on, or in order again. */
    public synchronized void shuffle(boolean on) {
        shuffled = on;
    }

    /** Loses events of these types from now on. They still show in the Events resource. */
    public synchronized void drop(String... types) {
        Collections.addAll(dropped, types);
    }

    /** Keeps events of these types back until {@link #release()}. */
    public synchronized void holdBack(String... types) {
        Collections.addAll(held, types);
    }

    /** Delivers what was held back, and holds nothing back any more. */
    public synchronized void release() {
        held.clear();
        List<CallbackEvent> late = List.copyOf(heldBack);
        heldBack.clear();
        late.forEach(event -> enqueue(event.taskSid(), List.of(event)));
    }

    /** Delivers everything as usual again: nothing lost, held back, repeated or shuffled. */
    public synchronized void reset() {
        dropped.clear();
        copies = 1;
        shuffled = false;
        release();
    }

    /** Sets when a delivery is tried again, in Twilio's words: {@code rc=3&rp=ct,rt,5xx}. */
    public synchronized void retries(String overrides) {
        for (Hook hook : Hook.values()) {
            retries.put(hook, Retries.parse(overrides));
        }
    }

    /** How often each HTTP status was answered, retries included. */
    public synchronized Map<Integer, Integer> answers() {
        return Map.copyOf(answers);
    }

    /** How many attempts got no answer at all. */
    public synchronized int unanswered() {
        return unanswered;
    }

    /** How many requests were sent, retries and repeated events included. */
    public synchronized int attempts() {
        return attempts;
    }

    /**
     * Waits until every event has been answered or given up.
     *
     * @throws IllegalStateException if that takes longer than the limit
     */
    public synchronized void awaitQuiet(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (underWay > 0) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new IllegalStateException(underWay + " events still on their way after " + limit);
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for deliveries", e);
        }
    }

    /** Sends an event again, or one of one's own making, after the task's other events. */
    public void send(CallbackEvent event) {
        enqueue(event.taskSid(), List.of(event));
    }

    /** Posts parameters at once, correctly signed, and returns the status answered, or a negative number for none. */
    public int post(SortedMap<String, String> params) {
        return target(Hook.WORKSPACE)
                .map(to -> attempt(to, params, signature(to, params), token()))
                .orElse(Outcome.NO_CONNECTION)
                .status();
    }

    /** Posts parameters at once with somebody else's signature, and returns the status answered. */
    public int postForged(SortedMap<String, String> params) {
        return postForged(Hook.WORKSPACE, params);
    }

    int postForged(Hook hook, SortedMap<String, String> params) {
        Optional<String> forged = target(hook).map(to -> Signature.of("not-" + authToken, to.publicUrl(), params));
        return target(hook)
                .map(to -> attempt(to, params, forged, token()))
                .orElse(Outcome.NO_CONNECTION)
                .status();
    }

    /** Posts parameters at once without a signature, and returns the status answered. */
    public int postUnsigned(SortedMap<String, String> params) {
        return target(Hook.WORKSPACE)
                .map(to -> attempt(to, params, Optional.empty(), token()))
                .orElse(Outcome.NO_CONNECTION)
                .status();
    }

    /** Takes the events of one moment. */
    void moment(List<CallbackEvent> events) {
        synchronized (this) {
            List<CallbackEvent> due = due(events);
            if (shuffled) {
                Collections.shuffle(due, random);
            }
            due.stream().collect(Collectors.groupingBy(CallbackEvent::taskSid)).forEach(this::enqueue);
        }
    }

    private List<CallbackEvent> due(List<CallbackEvent> events) {
        List<CallbackEvent> due = new ArrayList<>();
        for (CallbackEvent event : events) {
            if (dropped.contains(event.type())) {
                continue;
            }
            if (held.contains(event.type())) {
                heldBack.add(event);
                continue;
            }
            due.addAll(Collections.nCopies(copies, event));
        }
        return due;
    }

    private synchronized void enqueue(String line, List<CallbackEvent> all) {
        List<CallbackEvent> events = all.stream()
                .filter(event -> targets.containsKey(Hook.of(event)))
                .toList();
        if (events.isEmpty() || executor.isShutdown()) {
            return;
        }
        underWay += events.size();
        CompletableFuture<Void> before = tails.getOrDefault(line, CompletableFuture.completedFuture(null));
        CompletableFuture<Void> tail = before.thenRunAsync(() -> events.forEach(this::deliver), executor);
        tails.put(line, tail);
        CompletableFuture<Void> tidied = tail.whenComplete((nothing, failure) -> forget(line, tail));
        LOG.trace("{} events queued, {}", events.size(), tidied);
    }

    private synchronized void forget(String line, CompletableFuture<Void> tail) {
        tails.remove(line, tail);
    }

    private void deliver(CallbackEvent event) {
        try {
            target(Hook.of(event)).ifPresent(to -> deliver(event, to));
        } catch (RuntimeException e) {
            LOG.warn("could not deliver {}", event.type(), e);
        } finally {
            synchronized (this) {
                underWay--;
                notifyAll();
            }
        }
    }

    private void deliver(CallbackEvent event, Target to) {
        Optional<String> signature = signature(to, event.params());
        String token = UUID.nameUUIDFromBytes(event.sid().getBytes(StandardCharsets.UTF_8))
                .toString();
        Retries rules = retryRules(to.hook());
        int made = 0;
        Outcome outcome;
        do {
            outcome = attempt(to, event.params(), signature, token);
            made++;
        } while (outcome.failed() && rules.again(made, outcome) && !executor.isShutdown());
        LOG.debug("{} of {} answered {} after {} attempts", event.type(), event.taskSid(), outcome, made);
    }

    private Outcome attempt(Target to, SortedMap<String, String> params, Optional<String> signature, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(to.uri())
                .timeout(retryRules(to.hook()).readTimeout())
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .header("Accept", "*/*")
                .header("User-Agent", "TwilioProxy/1.1")
                .header("I-Twilio-Idempotency-Token", token)
                .POST(HttpRequest.BodyPublishers.ofString(form(params)));
        signature.ifPresent(value -> request.header("X-Twilio-Signature", value));
        Outcome outcome = exchange(request.build());
        count(outcome);
        return outcome;
    }

    private Outcome exchange(HttpRequest request) {
        try {
            return new Outcome(
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (ConnectException e) {
            return Outcome.NO_CONNECTION;
        } catch (HttpTimeoutException e) {
            return Outcome.NO_ANSWER;
        } catch (IOException e) {
            LOG.debug("no answer from the callback", e);
            return Outcome.NO_ANSWER;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.NO_ANSWER;
        }
    }

    private synchronized void count(Outcome outcome) {
        attempts++;
        if (outcome.answered()) {
            answers.merge(outcome.status(), 1, Integer::sum);
        } else {
            unanswered++;
        }
    }

    private synchronized Optional<Target> target(Hook hook) {
        return Optional.ofNullable(targets.get(hook));
    }

    private synchronized Retries retryRules(Hook hook) {
        return retries.getOrDefault(hook, Retries.DEFAULT);
    }

    private synchronized String token() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private Optional<String> signature(Target to, SortedMap<String, String> params) {
        return Optional.of(Signature.of(authToken, to.publicUrl(), params));
    }

    private static String form(SortedMap<String, String> params) {
        return params.entrySet().stream()
                .map(param -> encode(param.getKey()) + "=" + encode(param.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Gives up what has not been delivered. */
    void stop() {
        executor.shutdownNow();
    }

    private record Target(Hook hook, URI uri, String publicUrl) {}
}
