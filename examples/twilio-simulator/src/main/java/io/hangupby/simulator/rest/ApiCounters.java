package io.hangupby.simulator.rest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts the API calls of the backend. Thread-safe. */
public final class ApiCounters {

    private static final int KEPT_OF_A_TASK = 40;

    private final Map<ApiOperation, Integer> all = new EnumMap<>(ApiOperation.class);
    private final Map<String, Map<ApiOperation, Integer>> byTask = new TreeMap<>();
    private final Map<String, List<String>> requests = new TreeMap<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final Map<String, Integer> underWay = new TreeMap<>();
    private final Map<String, Integer> roundTrips = new TreeMap<>();
    private int writesApplied;
    private int preconditionFailed;
    private int unauthenticated;

    ApiCounters() {}

    /** Counts a call, and returns what to run before the client can see that it has ended. A second run changes nothing. */
    synchronized Runnable called(ApiOperation operation, Optional<String> taskSid) {
        all.merge(operation, 1, Integer::sum);
        taskSid.ifPresent(sid -> byTask.computeIfAbsent(sid, key -> new EnumMap<>(ApiOperation.class))
                .merge(operation, 1, Integer::sum));
        if (taskSid.isEmpty()) {
            return () -> {};
        }
        if (underWay.merge(taskSid.get(), 1, Integer::sum) == 1) {
            roundTrips.merge(taskSid.get(), 1, Integer::sum);
        }
        AtomicBoolean isUnderWay = new AtomicBoolean(true);
        return () -> {
            if (isUnderWay.getAndSet(false)) {
                ended(taskSid.get());
            }
        };
    }

    private synchronized void ended(String taskSid) {
        underWay.merge(taskSid, -1, Integer::sum);
    }

    /**
     * Returns how many calls about one task followed upon each other: calls at the same time count once. Calls overlap for
     * certain only if the API is slow.
     */
    public synchronized int roundTripsOfTask(String taskSid) {
        return roundTrips.getOrDefault(taskSid, 0);
    }

    synchronized void responded(ApiOperation operation, Optional<String> taskSid, int status) {
        statuses.merge(status, 1, Integer::sum);
        taskSid.map(sid -> requests.computeIfAbsent(sid, key -> new ArrayList<>()))
                .filter(ofTask -> ofTask.size() < KEPT_OF_A_TASK)
                .ifPresent(ofTask -> ofTask.add(operation + " " + status));
    }

    /** Returns the responses to the first calls about one task, such as {@code TASK_READ 200}, oldest first. */
    public synchronized List<String> responsesOfTask(String taskSid) {
        return List.copyOf(requests.getOrDefault(taskSid, List.of()));
    }

    synchronized void wrote(int status) {
        writesApplied += status == 200 ? 1 : 0;
        preconditionFailed += status == 412 ? 1 : 0;
    }

    synchronized void rejected() {
        unauthenticated++;
    }

    /** Returns how many calls of each operation were made. */
    public synchronized Map<ApiOperation, Integer> byOperation() {
        return Map.copyOf(all);
    }

    /** Returns how many calls of an operation were made. */
    public synchronized int of(ApiOperation operation) {
        return all.getOrDefault(operation, 0);
    }

    /** Returns how many calls of each operation were about one task, its conference and its legs. */
    public synchronized Map<ApiOperation, Integer> ofTask(String taskSid) {
        return Map.copyOf(byTask.getOrDefault(taskSid, Map.of()));
    }

    /** Returns how many calls of an operation were about one task. */
    public synchronized int ofTask(String taskSid, ApiOperation operation) {
        return byTask.getOrDefault(taskSid, Map.of()).getOrDefault(operation, 0);
    }

    /** Returns how many calls were about one task. */
    public synchronized int totalOfTask(String taskSid) {
        return sum(byTask.getOrDefault(taskSid, Map.of()));
    }

    /** Returns how many calls were made. */
    public synchronized int total() {
        return sum(all);
    }

    /** Returns how many responses had each HTTP status. Faults without a response are not included. */
    public synchronized Map<Integer, Integer> statuses() {
        return Map.copyOf(statuses);
    }

    /** Returns how many task updates took effect. */
    public synchronized int taskWritesApplied() {
        return writesApplied;
    }

    /** Returns how many task updates were rejected with 412 because the task had another version. */
    public synchronized int preconditionFailed() {
        return preconditionFailed;
    }

    /** Returns how many calls had no credentials or wrong credentials. */
    public synchronized int unauthenticated() {
        return unauthenticated;
    }

    /** Forgets the calls about one task; the totals stay. */
    synchronized void forget(String taskSid) {
        byTask.remove(taskSid);
        requests.remove(taskSid);
        underWay.remove(taskSid);
        roundTrips.remove(taskSid);
    }

    /** Sets all counters to 0. */
    public synchronized void reset() {
        all.clear();
        byTask.clear();
        requests.clear();
        roundTrips.clear();
        statuses.clear();
        writesApplied = 0;
        preconditionFailed = 0;
        unauthenticated = 0;
    }

    private static int sum(Map<ApiOperation, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
