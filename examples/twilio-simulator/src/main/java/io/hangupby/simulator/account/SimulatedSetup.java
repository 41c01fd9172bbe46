package io.hangupby.simulator.account;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the simulated account is set up: where its workspace and Event Streams send events, and what is switched on. It is what the
 * API shows; events go where {@code TwilioSimulator.callback} and its like send them, which also set it up accordingly. Thread-safe.
 */
public final class SimulatedSetup {

    private final List<Sink> sinks = new ArrayList<>();
    private final Map<String, Map<String, Integer>> subscriptions = new LinkedHashMap<>();
    private Optional<String> eventCallbackUrl = Optional.empty();
    private Optional<String> workspaceOwner = Optional.empty();
    private String eventsFilter = "";
    private boolean advancedFeatures = true;
    private int furtherWorkspaces;
    private Optional<Integer> taskRateLimit = Optional.empty();

    /** A webhook sink of Event Streams. */
    public record Sink(String sid, String destination, String method, boolean batches, String status) {}

    /** A subscription of a sink, with the version of each type's schema. */
    public record Subscription(String sid, String sinkSid, Map<String, Integer> types) {
        /** Copies the map. */
        public Subscription {
            types = Map.copyOf(types);
        }
    }

    /** Sets the event callback URL of the workspace. */
    public synchronized void eventCallbackUrl(String url) {
        eventCallbackUrl = Optional.of(url);
    }

    /** Removes the event callback URL of the workspace. */
    public synchronized void removeEventCallbackUrl() {
        eventCallbackUrl = Optional.empty();
    }

    /** Sets the types of events that the workspace posts, separated by commas; empty for all. */
    public synchronized void eventsFilter(String filter) {
        eventsFilter = filter;
    }

    /** Switches the Advanced Features of Voice Insights on or off. They are on by default. */
    public synchronized void advancedFeatures(boolean on) {
        advancedFeatures = on;
    }

    /** Lets the workspace belong to another account. */
    public synchronized void workspaceOwner(String accountSid) {
        workspaceOwner = Optional.of(accountSid);
    }

    /** Adds this number of workspaces. */
    public synchronized void furtherWorkspaces(int number) {
        furtherWorkspaces = number;
    }

    /** Sets the limit of task updates in a second, which responses with tasks report. By default there is none. */
    public synchronized void taskRateLimit(int limit) {
        taskRateLimit = Optional.of(limit);
    }

    /** Adds an active webhook sink that gets batches by POST, and returns its SID. */
    public synchronized String addSink(String destination) {
        return addSink(destination, "POST", true, "active");
    }

    /** Adds a webhook sink, and returns its SID. */
    public synchronized String addSink(String destination, String method, boolean batches, String status) {
        String sid = String.format("DG%032x", sinks.size() + 1);
        sinks.add(new Sink(sid, destination, method, batches, status));
        return sid;
    }

    /** Subscribes a sink to types in one version of their schema. */
    public synchronized void subscribe(String sinkSid, int schemaVersion, List<String> types) {
        Map<String, Integer> versions = subscriptions.computeIfAbsent(sinkSid, sid -> new TreeMap<>());
        types.forEach(type -> versions.put(type, schemaVersion));
    }

    /** Removes all sinks and subscriptions. */
    public synchronized void removeSinks() {
        sinks.clear();
        subscriptions.clear();
    }

    /** Returns the event callback URL of the workspace. */
    public synchronized Optional<String> eventCallbackUrl() {
        return eventCallbackUrl;
    }

    /** Returns the types of events that the workspace posts. */
    public synchronized String eventsFilter() {
        return eventsFilter;
    }

    /** Returns whether the Advanced Features of Voice Insights are on. */
    public synchronized boolean hasAdvancedFeatures() {
        return advancedFeatures;
    }

    /** Returns the account of the workspace, if it is another. */
    public synchronized Optional<String> workspaceOwner() {
        return workspaceOwner;
    }

    /** Returns how many workspaces there are beside the simulated workspace. */
    public synchronized int furtherWorkspaces() {
        return furtherWorkspaces;
    }

    /** Returns the limit of task updates in a second. */
    public synchronized Optional<Integer> taskRateLimit() {
        return taskRateLimit;
    }

    /** Returns the webhook sinks. */
    public synchronized List<Sink> sinks() {
        return List.copyOf(sinks);
    }

    /** Returns the subscriptions, at most one for each sink. */
    public synchronized List<Subscription> subscriptions() {
        return subscriptions.entrySet().stream()
                .map(entry -> new Subscription("DF" + entry.getKey().substring(2), entry.getKey(), entry.getValue()))
                .toList();
    }
}
