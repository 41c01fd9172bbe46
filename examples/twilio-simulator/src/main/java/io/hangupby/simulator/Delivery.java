package io.hangupby.simulator;

import io.hangupby.simulator.Post.Target;
import io.hangupby.simulator.Retries.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the workspace's events to its callback and to Event Streams, and those of conferences to their callback. The
 * events of one task go one after another on each of these ways, in order, unless told otherwise; those of different tasks
 * go side by side. Thread-safe.
 */
public final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int THREADS = 8;
    private static final int WORDS_OF_A_REFUSAL = 200;

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
    private Optional<String> refusal = Optional.empty();
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

    /** Sets when a callback is tried again, in Twilio's words: {@code rc=3&rp=ct,rt,5xx}. */
    public synchronized void retries(String overrides) {
        retries.put(Hook.WORKSPACE, Retries.parse(overrides));
        retries.put(Hook.CONFERENCE, Retries.parse(overrides));
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

    /** Tells in words what became of the events, for whoever waits in vain. */
    synchronized String account() {
        if (targets.isEmpty()) {
            return "no event was sent, as there is no callback(…)";
        }
        List<URI> to = targets.values().stream().map(Target::uri).distinct().toList();
        return attempts + " requests were sent with events to " + to + ", " + unanswered
                + " not answered, the others by status: "
                + answers + refusal.map(words -> ", the last refusal: " + words).orElse("")
                + "; the log of the application may say more";
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
                    throw new IllegalStateException(underWay + " messages still on their way after " + limit);
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
        return post(Hook.WORKSPACE, params, Optional.of(authToken));
    }

    /** Posts events at once, as Event Streams does, and returns the status answered, or a negative number for none. */
    public int postBatch(List<WorkspaceEvent> events) {
        return target(Hook.STREAM)
                .map(to -> attempt(Post.batch(to, events, authToken)))
                .orElse(Outcome.NO_CONNECTION)
                .status();
    }

    /** Posts parameters at once with somebody else's signature, and returns the status answered. */
    public int postForged(SortedMap<String, String> params) {
        return postForged(Hook.WORKSPACE, params);
    }

    int postForged(Hook hook, SortedMap<String, String> params) {
        return post(hook, params, Optional.of("not-" + authToken));
    }

    /** Posts parameters at once without a signature, and returns the status answered. */
    public int postUnsigned(SortedMap<String, String> params) {
        return post(Hook.WORKSPACE, params, Optional.empty());
    }

    private int post(Hook hook, SortedMap<String, String> params, Optional<String> signedWith) {
        return target(hook)
                .map(to -> attempt(Post.form(to, params, signedWith, token())))
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

    private synchronized void enqueue(String line, List<CallbackEvent> events) {
        queue(line, events.stream().map(this::callback).toList());
        List<WorkspaceEvent> batch = events.stream()
                .filter(WorkspaceEvent.class::isInstance)
                .map(WorkspaceEvent.class::cast)
                .toList();
        if (!batch.isEmpty()) {
            queue("stream " + line, List.of(new Errand(Hook.STREAM, to -> Post.batch(to, batch, authToken))));
        }
    }

    private Errand callback(CallbackEvent event) {
        // The same in each repetition of an event, as Twilio has it for retries.
        String token = UUID.nameUUIDFromBytes(event.sid().getBytes(StandardCharsets.UTF_8))
                .toString();
        return new Errand(Hook.of(event), to -> Post.form(to, event.params(), Optional.of(authToken), token));
    }

    private synchronized void queue(String line, List<Errand> all) {
        List<Errand> errands = all.stream()
                .filter(errand -> targets.containsKey(errand.hook()))
                .toList();
        if (errands.isEmpty() || executor.isShutdown()) {
            return;
        }
        underWay += errands.size();
        CompletableFuture<Void> before = tails.getOrDefault(line, CompletableFuture.completedFuture(null));
        CompletableFuture<Void> tail = before.thenRunAsync(() -> errands.forEach(this::run), executor);
        tails.put(line, tail);
        CompletableFuture<Void> tidied = tail.whenComplete((nothing, failure) -> forget(line, tail));
        LOG.trace("{} messages queued, {}", errands.size(), tidied);
    }

    private synchronized void forget(String line, CompletableFuture<Void> tail) {
        tails.remove(line, tail);
    }

    private void run(Errand errand) {
        try {
            target(errand.hook()).ifPresent(to -> deliver(errand.post().apply(to)));
        } catch (RuntimeException e) {
            LOG.warn("could not deliver to {}", errand.hook(), e);
        } finally {
            synchronized (this) {
                underWay--;
                notifyAll();
            }
        }
    }

    private void deliver(Post post) {
        Retries rules = retryRules(post.hook());
        int made = 0;
        Outcome outcome;
        do {
            outcome = attempt(post);
            made++;
        } while (outcome.failed() && rules.again(made, outcome) && waited(rules.pauseAfter(made)));
        LOG.debug("{} answered {} after {} attempts", post.hook(), outcome, made);
    }

    /** Returns false if there is no use in waiting any longer. */
    private boolean waited(Duration pause) {
        try {
            Pause.real().forDuration(pause);
            return !executor.isShutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Outcome attempt(Post post) {
        Outcome outcome = exchange(post.request(retryRules(post.hook())));
        count(outcome);
        return outcome;
    }

    /** Reads all of an answer, as else its connection could not be used again, and keeps what a refusal begins with. */
    private void noteWords(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            String words = new String(body.readNBytes(WORDS_OF_A_REFUSAL), StandardCharsets.UTF_8);
            long unused = body.transferTo(OutputStream.nullOutputStream());
            if (answer.statusCode() >= 400) {
                synchronized (this) {
                    refusal = Optional.of(words);
                }
            }
        }
    }

    private Outcome exchange(HttpRequest request) {
        try {
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            noteWords(answer);
            return new Outcome(answer.statusCode());
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
        return retries.getOrDefault(hook, hook.retries());
    }

    private synchronized String token() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** Gives up what has not been delivered. */
    void stop() {
        executor.shutdownNow();
    }

    /** Something to be posted to one of the places, if it is set. */
    private record Errand(Hook hook, Function<Target, Post> post) {}
}
