package io.hangupby.simulator;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts the API calls that were made. Thread-safe. */
public final class ApiCounters {

    private final Map<ApiKind, Integer> all = new EnumMap<>(ApiKind.class);
    private final Map<String, Map<ApiKind, Integer>> byTask = new TreeMap<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private int writesApplied;
    private int preconditionFailed;
    private int unauthenticated;

    ApiCounters() {}

    synchronized void called(ApiKind kind, Optional<String> taskSid) {
        all.merge(kind, 1, Integer::sum);
        taskSid.ifPresent(sid ->
                byTask.computeIfAbsent(sid, key -> new EnumMap<>(ApiKind.class)).merge(kind, 1, Integer::sum));
    }

    synchronized void answered(int status) {
        statuses.merge(status, 1, Integer::sum);
    }

    synchronized void wrote(int status) {
        writesApplied += status == 200 ? 1 : 0;
        preconditionFailed += status == 412 ? 1 : 0;
    }

    synchronized void refusedUnauthenticated() {
        unauthenticated++;
    }

    /** All calls by kind. */
    public synchronized Map<ApiKind, Integer> byKind() {
        return Map.copyOf(all);
    }

    /** How many calls of a kind were made. */
    public synchronized int of(ApiKind kind) {
        return all.getOrDefault(kind, 0);
    }

    /** The calls about one task, its conference and its legs, by kind. */
    public synchronized Map<ApiKind, Integer> ofTask(String taskSid) {
        return Map.copyOf(byTask.getOrDefault(taskSid, Map.of()));
    }

    /** How many calls of a kind were about one task. */
    public synchronized int ofTask(String taskSid, ApiKind kind) {
        return byTask.getOrDefault(taskSid, Map.of()).getOrDefault(kind, 0);
    }

    /** How many calls were about one task. */
    public synchronized int totalOfTask(String taskSid) {
        return sum(byTask.getOrDefault(taskSid, Map.of()));
    }

    /** How many calls were made. */
    public synchronized int total() {
        return sum(all);
    }

    /** How many calls were answered with each status; faults that answer nothing are left out. */
    public synchronized Map<Integer, Integer> statuses() {
        return Map.copyOf(statuses);
    }

    /** How many task updates took effect. */
    public synchronized int taskWritesApplied() {
        return writesApplied;
    }

    /** How many task updates met another version than they were made for. */
    public synchronized int preconditionFailed() {
        return preconditionFailed;
    }

    /** How many calls came without credentials, or with wrong ones. */
    public synchronized int unauthenticated() {
        return unauthenticated;
    }

    synchronized void forget(String taskSid) {
        byTask.remove(taskSid);
    }

    /** Starts again from nothing. */
    public synchronized void reset() {
        all.clear();
        byTask.clear();
        statuses.clear();
        writesApplied = 0;
        preconditionFailed = 0;
        unauthenticated = 0;
    }

    private static int sum(Map<ApiKind, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
