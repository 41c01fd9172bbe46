package io.hangupby.internal.twilio;

import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Participant;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.twilio.TwilioFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A Twilio in a few maps, held to the same contract as the real one. What a test orders to happen just before or just after
 * a request has its result can change the maps, fail, or wait. Thread-safe.
 */
public final class InMemoryTwilio implements TwilioGateway {

    /** The requests that are counted apart. */
    public enum Request {
        CONFERENCE,
        PARTICIPANTS,
        CALL,
        CHILDREN,
        TASK,
        UPDATE,
        EVENTS,
        ENDINGS
    }

    private final Map<ConferenceSid, Conference> conferences = new HashMap<>();
    private final Map<ConferenceSid, List<Participant>> legs = new HashMap<>();
    private final Map<CallSid, Call> calls = new HashMap<>();
    private final Map<CallSid, List<Call>> children = new HashMap<>();
    private final Map<TaskRef, Versioned> tasks = new HashMap<>();
    private final Map<TaskRef, List<TaskRouterEvent>> events = new HashMap<>();

    private final List<Request> asked = Collections.synchronizedList(new ArrayList<>());
    private final Map<Request, Deque<Runnable>> before = hooks();
    private final Map<Request, Deque<Runnable>> after = hooks();
    private final Map<Request, Runnable> always = Collections.synchronizedMap(new EnumMap<>(Request.class));
    private final List<Instant> updatesSince = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean closed;

    private static Map<Request, Deque<Runnable>> hooks() {
        Map<Request, Deque<Runnable>> hooks = new EnumMap<>(Request.class);
        for (Request request : Request.values()) {
            hooks.put(request, new ConcurrentLinkedDeque<>());
        }
        return hooks;
    }

    // ---- what a test sets

    public synchronized void put(Conference conference) {
        conferences.put(conference.sid(), conference);
    }

    public synchronized void forget(ConferenceSid conference) {
        conferences.remove(conference);
    }

    public synchronized void lists(ConferenceSid conference, Participant... present) {
        legs.put(conference, List.of(present));
    }

    public synchronized void put(Call call) {
        calls.put(call.sid(), call);
    }

    public synchronized void sends(CallSid parent, Call... made) {
        children.put(parent, List.of(made));
    }

    public synchronized void put(TaskRef task, String attributes) {
        tasks.put(task, new Versioned(attributes, 0, false));
    }

    /** Another writer changes the task. */
    public synchronized void edit(TaskRef task, UnaryOperator<String> change) {
        tasks.computeIfPresent(task, (sid, was) -> was.with(change.apply(was.text())));
    }

    public synchronized void complete(TaskRef task) {
        tasks.computeIfPresent(task, (sid, was) -> new Versioned(was.text(), was.version() + 1, true));
    }

    public synchronized void delete(TaskRef task) {
        tasks.remove(task);
    }

    public synchronized void put(TaskRouterEvent event) {
        events.computeIfAbsent(event.task(), sid -> new ArrayList<>()).add(event);
    }

    /** These happen one by one just before the next such requests take effect. */
    public void before(Request request, Runnable... happens) {
        deque(before, request).addAll(List.of(happens));
    }

    /** These happen one by one after the next such requests took effect, before their results return. */
    public void after(Request request, Runnable... happens) {
        deque(after, request).addAll(List.of(happens));
    }

    /** This happens just before each such request takes effect. */
    public void always(Request request, Runnable happens) {
        always.put(request, happens);
    }

    /** Lets requests succeed as usual again. */
    public void heal() {
        always.clear();
    }

    /** Something to order: the request fails. */
    public static Runnable failing(TwilioFailure.Kind kind) {
        return failing(kind, Optional.empty());
    }

    /** Something to order: the request fails, and Twilio asks to wait. */
    public static Runnable failing(TwilioFailure.Kind kind, Duration retryAfter) {
        return failing(kind, Optional.of(retryAfter));
    }

    private static Runnable failing(TwilioFailure.Kind kind, Optional<Duration> retryAfter) {
        return () -> {
            throw new TwilioFailure(kind, "request", "as ordered", retryAfter);
        };
    }

    // ---- what a test asks

    /** The requests so far, in their order. */
    public List<Request> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    public int asked(Request request) {
        return Collections.frequency(asked(), request);
    }

    public void forgetRequests() {
        asked.clear();
    }

    public synchronized String attributes(TaskRef task) {
        return Optional.ofNullable(tasks.get(task)).orElseThrow().text();
    }

    /** Since when there was something to write, for each update so far. */
    public List<Instant> updatesSince() {
        return List.copyOf(updatesSince);
    }

    public boolean isClosed() {
        return closed;
    }

    // ---- the port

    @Override
    public Optional<Conference> conference(ConferenceSid conference) {
        return respond(Request.CONFERENCE, () -> Optional.ofNullable(conferences.get(conference)));
    }

    @Override
    public Optional<List<Participant>> participants(ConferenceSid conference) {
        return respond(
                Request.PARTICIPANTS,
                () -> Optional.ofNullable(conferences.get(conference))
                        .map(found -> found.ended() ? List.of() : legs.getOrDefault(conference, List.of())));
    }

    @Override
    public Optional<Call> call(CallSid call) {
        return respond(Request.CALL, () -> Optional.ofNullable(calls.get(call)));
    }

    @Override
    public List<Call> children(CallSid parent) {
        return respond(Request.CHILDREN, () -> children.getOrDefault(parent, List.of()));
    }

    @Override
    public Optional<TaskSnapshot> task(TaskRef task) {
        return respond(Request.TASK, () -> Optional.ofNullable(tasks.get(task)).map(Versioned::snapshot));
    }

    @Override
    public TaskUpdate updateTask(TaskRef task, TaskAttributes attributes, String etag) {
        return respond(Request.UPDATE, () -> {
            Optional<Versioned> was = Optional.ofNullable(tasks.get(task));
            if (was.isEmpty()) {
                return new TaskUpdate.Gone();
            }
            if (!was.get().etag().equals(etag)) {
                return new TaskUpdate.ChangedMeanwhile();
            }
            Versioned now = was.get().with(attributes.text());
            tasks.put(task, now);
            return new TaskUpdate.Applied(Optional.of(now.etag()));
        });
    }

    @Override
    public TaskUpdate updateTask(TaskRef task, TaskAttributes attributes, String etag, Instant since) {
        updatesSince.add(since);
        return updateTask(task, attributes, etag);
    }

    @Override
    public RecordedEvents events(TaskRef task) {
        return respond(Request.EVENTS, () -> RecordedEvents.of(events.getOrDefault(task, List.of())));
    }

    @Override
    public List<ReservationEvent> reservationEndEvents(WorkspaceSid workspace, Instant since) {
        return respond(
                Request.ENDINGS,
                () -> events.values().stream()
                        .flatMap(List::stream)
                        .filter(event -> event.task().workspace().equals(workspace)
                                && !event.at().isBefore(since))
                        .filter(event -> event.type() == EventType.RESERVATION_WRAPUP
                                || event.type() == EventType.RESERVATION_COMPLETED)
                        .map(ReservationEvent.class::cast)
                        .sorted(Comparator.comparing(ReservationEvent::at))
                        .toList());
    }

    @Override
    public void close() {
        closed = true;
    }

    private <T> T respond(Request request, Supplier<T> response) {
        asked.add(request);
        Optional.ofNullable(always.get(request)).ifPresent(Runnable::run);
        next(before, request);
        T result = read(response);
        next(after, request);
        return result;
    }

    private synchronized <T> T read(Supplier<T> response) {
        return response.get();
    }

    private static void next(Map<Request, Deque<Runnable>> hooks, Request request) {
        Optional.ofNullable(deque(hooks, request).poll()).ifPresent(Runnable::run);
    }

    private static Deque<Runnable> deque(Map<Request, Deque<Runnable>> hooks, Request request) {
        return hooks.getOrDefault(request, new ConcurrentLinkedDeque<>());
    }

    private record Versioned(String text, int version, boolean over) {

        String etag() {
            return "\"" + version + "\"";
        }

        Versioned with(String changed) {
            return new Versioned(changed, version + 1, over);
        }

        TaskSnapshot snapshot() {
            return new TaskSnapshot(TaskAttributes.of(text), etag(), over);
        }
    }
}
