package io.hangupby.simulator.events;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the workspace's events to its callback and to Event Streams, and those of conferences to their callback. At each
 * of these webhooks the events of one task arrive one after another, in order, unless {@link #shuffle} changes that. Events
 * of different tasks are delivered in parallel. Thread-safe.
 */
public final class EventDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(EventDelivery.class);
    private static final int THREADS = 8;

    private final String authToken;
    private final Random random;
    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS, EventDelivery::daemon);
    private final AttemptLog attempts = new AttemptLog();
    private final WebhookSender sender = new WebhookSender(attempts);
    private final Webhooks webhooks = new Webhooks();

    // All of the following are guarded by this.
    private final Map<String, CompletableFuture<Void>> tails = new TreeMap<>();
    private final Set<String> droppedTypes = new HashSet<>();
    private final Set<String> heldTypes = new HashSet<>();
    private final List<CallbackEvent> heldEvents = new ArrayList<>();
    private int copies = 1;
    private boolean shuffled;
    private boolean conferencesStreamed;
    private int underWay;

    /**
     * Creates a delivery without targets.
     *
     * @param authToken the token that signs all requests
     * @param seed what the random order of {@link #shuffle} comes from
     */
    public EventDelivery(String authToken, long seed) {
        this.authToken = authToken;
        this.random = new Random(seed);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "simulator-delivery");
        thread.setDaemon(true);
        return thread;
    }

    /** Sets where the workspace's events are posted; a fragment of the public URL contains connection overrides. */
    public void workspaceCallback(URI uri, String publicUrl) {
        webhooks.set(WebhookKind.WORKSPACE, uri, publicUrl);
    }

    /** Sets where the events of conferences are posted; a fragment of the public URL contains connection overrides. */
    public void conferenceCallback(URI uri, String publicUrl) {
        webhooks.set(WebhookKind.CONFERENCE, uri, publicUrl);
    }

    /**
     * Sets whether Event Streams sends the status callbacks of conferences too, whether or not a backend receives them by
     * form. The default is no.
     */
    public synchronized void streamConferences(boolean on) {
        conferencesStreamed = on;
    }

    /** Sets where Event Streams posts the workspace's events. */
    public void eventStream(URI uri, String publicUrl) {
        webhooks.set(WebhookKind.EVENT_STREAM, uri, publicUrl);
    }

    /** Sets what receives the bodies of Event Streams, in place of an address. */
    public void eventStream(Consumer<byte[]> receiver) {
        webhooks.set(WebhookKind.EVENT_STREAM, receiver);
    }

    /** Sets when callbacks are retried, as Twilio's connection overrides: {@code rc=3&rp=ct,rt,5xx}. */
    public void connectionOverrides(String fragment) {
        webhooks.override(WebhookKind.WORKSPACE, fragment);
        webhooks.override(WebhookKind.CONFERENCE, fragment);
    }

    // ---- disturbances

    /** Delivers each event this number of times from now on; 1 is the default. */
    public synchronized void copies(int number) {
        copies = number;
    }

    /** Sends the events of each moment in random order from now on, or in order again. */
    public synchronized void shuffle(boolean on) {
        shuffled = on;
    }

    /** Loses events of these types from now on. The Events resource still lists them. */
    public synchronized void drop(String... types) {
        Collections.addAll(droppedTypes, types);
    }

    /** Holds back events of these types from now on, until {@link #release()}. */
    public synchronized void holdBack(String... types) {
        Collections.addAll(heldTypes, types);
    }

    /** Delivers the events that were held back, and holds back no more. */
    public synchronized void release() {
        heldTypes.clear();
        List<CallbackEvent> late = List.copyOf(heldEvents);
        heldEvents.clear();
        late.forEach(event -> enqueue(event.taskSid(), List.of(event)));
    }

    /** Loses and holds back no more events, and delivers those that were held back. */
    public synchronized void deliverAll() {
        droppedTypes.clear();
        release();
    }

    /** Delivers everything normally again: no event is lost, held back, repeated or shuffled. */
    public synchronized void reset() {
        copies = 1;
        shuffled = false;
        deliverAll();
    }

    // ---- results

    /** Returns how often each HTTP status was received, retries included. */
    public Map<Integer, Integer> responses() {
        return sender.responses();
    }

    /** Returns how many attempts got no response. */
    public int withoutResponse() {
        return sender.withoutResponse();
    }

    /** Returns how many requests were sent, retries and repeated events included. */
    public int attempts() {
        return sender.attempts();
    }

    /** Describes what was sent about a task, and how it was responded to, for the message of a test that failed. */
    public String report(String taskSid) {
        return DeliveryReport.of(webhooks.all(), attempts.of(taskSid));
    }

    /** Forgets what was sent about a task; the totals stay. */
    public void forget(String taskSid) {
        attempts.forget(taskSid);
    }

    /**
     * Waits until every event has been delivered or given up.
     *
     * @throws IllegalStateException if that takes longer than the limit
     */
    public synchronized void awaitQuiet(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (underWay > 0) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new IllegalStateException(underWay + " requests not delivered after " + limit);
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for deliveries", e);
        }
    }

    // ---- requests of the test's own

    /** Delivers an event again, or an event that the caller has made, after the task's other events. */
    public void send(CallbackEvent event) {
        enqueue(event.taskSid(), List.of(event));
    }

    /** Posts parameters at once, correctly signed; returns the HTTP status, or a negative number without a response. */
    public int post(SortedMap<String, String> params) {
        return post(WebhookKind.WORKSPACE, params, Optional.of(authToken));
    }

    /** Posts events at once, as Event Streams does; returns the HTTP status, or a negative number without a response. */
    public int postBatch(List<? extends CallbackEvent> events) {
        return webhooks.target(WebhookKind.EVENT_STREAM)
                .map(to -> attempt(WebhookDelivery.batch(to, events, authToken)))
                .orElse(AttemptResult.NO_CONNECTION)
                .status();
    }

    /** Posts parameters at once with a wrong signature; returns the HTTP status. */
    public int postForged(SortedMap<String, String> params) {
        return post(WebhookKind.WORKSPACE, params, forgedToken());
    }

    /** Posts parameters of a conference status callback at once with a wrong signature; returns the HTTP status. */
    public int postForgedConference(SortedMap<String, String> params) {
        return post(WebhookKind.CONFERENCE, params, forgedToken());
    }

    private Optional<String> forgedToken() {
        return Optional.of("not-" + authToken);
    }

    /** Posts parameters at once without a signature; returns the HTTP status. */
    public int postUnsigned(SortedMap<String, String> params) {
        return post(WebhookKind.WORKSPACE, params, Optional.empty());
    }

    private int post(WebhookKind kind, SortedMap<String, String> params, Optional<String> signedWith) {
        return webhooks.target(kind)
                .map(to -> attempt(WebhookDelivery.form(to, params, signedWith, idempotencyToken())))
                .orElse(AttemptResult.NO_CONNECTION)
                .status();
    }

    private AttemptResult attempt(WebhookDelivery delivery) {
        return sender.attempt(delivery, webhooks.overrides(delivery.kind()));
    }

    private synchronized String idempotencyToken() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    // ---- the queues, one for each task and webhook

    /** Delivers the events of one moment. */
    public synchronized void deliver(List<CallbackEvent> events) {
        List<CallbackEvent> due = due(events);
        if (shuffled) {
            Collections.shuffle(due, random);
        }
        due.stream().collect(Collectors.groupingBy(CallbackEvent::taskSid)).forEach(this::enqueue);
    }

    private List<CallbackEvent> due(List<CallbackEvent> events) {
        List<CallbackEvent> due = new ArrayList<>();
        for (CallbackEvent event : events) {
            if (droppedTypes.contains(event.type())) {
                continue;
            }
            if (heldTypes.contains(event.type())) {
                heldEvents.add(event);
                continue;
            }
            due.addAll(Collections.nCopies(copies, event));
        }
        return due;
    }

    private synchronized void enqueue(String taskSid, List<CallbackEvent> events) {
        enqueueAll(taskSid, events.stream().map(this::callback).toList());
        List<CallbackEvent> batch = events.stream()
                .filter(event -> event instanceof WorkspaceEvent || conferencesStreamed)
                .toList();
        if (!batch.isEmpty()) {
            enqueueAll(
                    "stream " + taskSid,
                    List.of(new QueuedRequest(
                            WebhookKind.EVENT_STREAM, to -> WebhookDelivery.batch(to, batch, authToken))));
        }
    }

    private QueuedRequest callback(CallbackEvent event) {
        // The same in each repetition of an event, as in Twilio's retries.
        String token = UUID.nameUUIDFromBytes(event.sid().getBytes(StandardCharsets.UTF_8))
                .toString();
        return new QueuedRequest(
                WebhookKind.of(event), to -> WebhookDelivery.form(to, event.params(), Optional.of(authToken), token));
    }

    private synchronized void enqueueAll(String queue, List<QueuedRequest> all) {
        List<QueuedRequest> requests =
                all.stream().filter(request -> webhooks.has(request.kind())).toList();
        if (requests.isEmpty() || executor.isShutdown()) {
            return;
        }
        underWay += requests.size();
        CompletableFuture<Void> before = tails.getOrDefault(queue, CompletableFuture.completedFuture(null));
        CompletableFuture<Void> tail = before.thenRunAsync(() -> requests.forEach(this::run), executor);
        tails.put(queue, tail);
        CompletableFuture<Void> removed = tail.whenComplete((nothing, failure) -> remove(queue, tail));
        LOG.trace("Queued {} requests, {}", requests.size(), removed);
    }

    private synchronized void remove(String queue, CompletableFuture<Void> tail) {
        tails.remove(queue, tail);
    }

    private void run(QueuedRequest request) {
        try {
            webhooks.target(request.kind())
                    .ifPresent(to -> sender.send(request.create().apply(to), webhooks.overrides(request.kind())));
        } catch (RuntimeException e) {
            LOG.warn("Could not deliver an event to {}; see the exception", request.kind(), e);
        } finally {
            synchronized (this) {
                underWay--;
                notifyAll();
            }
        }
    }

    /** Gives up all events that have not been delivered. */
    public void stop() {
        sender.stop();
        executor.shutdownNow();
    }

    /** A request that waits for its turn; it is created for the target of its webhook, if there is a target then. */
    private record QueuedRequest(WebhookKind kind, Function<WebhookTarget, WebhookDelivery> create) {}
}
