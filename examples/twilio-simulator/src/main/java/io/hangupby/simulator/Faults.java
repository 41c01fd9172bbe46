package io.hangupby.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Faults on order: for the next calls of a kind, of one task, or at a rate. Thread-safe. */
public final class Faults {

    private final Random random;
    private final List<Ordered> ordered = new ArrayList<>();
    private final List<Rate> rates = new ArrayList<>();
    private int served;

    Faults(long seed) {
        this.random = new Random(seed);
    }

    /** Lets the next calls of a kind fail, one for each fault, in this order. */
    public synchronized void next(ApiKind kind, Fault... faults) {
        for (Fault fault : faults) {
            ordered.add(new Ordered(Optional.empty(), kind, fault));
        }
    }

    /** Lets the next so many calls of a kind fail in the same way. */
    public synchronized void next(int number, ApiKind kind, Fault fault) {
        ordered.addAll(Collections.nCopies(number, new Ordered(Optional.empty(), kind, fault)));
    }

    /** Lets the next calls of a kind that are about this task fail, one for each fault, in this order. */
    public synchronized void nextOf(String taskSid, ApiKind kind, Fault... faults) {
        for (Fault fault : faults) {
            ordered.add(new Ordered(Optional.of(taskSid), kind, fault));
        }
    }

    /** Lets this share of all calls fail, from 0 to 1. */
    public synchronized void rate(double share, Fault fault) {
        rates.add(new Rate(EnumSet.allOf(ApiKind.class), share, fault));
    }

    /** Lets this share of the calls of a kind fail, from 0 to 1. */
    public synchronized void rate(double share, ApiKind kind, Fault fault) {
        rates.add(new Rate(EnumSet.of(kind), share, fault));
    }

    /** Takes back whatever is still on order. */
    public synchronized void clear() {
        ordered.clear();
        rates.clear();
    }

    /** How many faults have been served. */
    public synchronized int served() {
        return served;
    }

    synchronized Optional<Fault> pick(ApiKind kind, Optional<String> taskSid) {
        Optional<Fault> fault = pickOrdered(kind, taskSid).or(() -> pickByRate(kind));
        if (fault.filter(picked -> picked.kind() != Fault.Kind.NONE).isPresent()) {
            served++;
        }
        return fault;
    }

    private Optional<Fault> pickOrdered(ApiKind kind, Optional<String> taskSid) {
        for (Iterator<Ordered> each = ordered.iterator(); each.hasNext(); ) {
            Ordered order = each.next();
            if (order.kind() == kind
                    && (order.taskSid().isEmpty() || order.taskSid().equals(taskSid))) {
                each.remove();
                return Optional.of(order.fault());
            }
        }
        return Optional.empty();
    }

    private Optional<Fault> pickByRate(ApiKind kind) {
        return rates.stream()
                .filter(rate -> rate.kinds().contains(kind) && random.nextDouble() < rate.share())
                .map(Rate::fault)
                .findFirst();
    }

    private record Ordered(Optional<String> taskSid, ApiKind kind, Fault fault) {}

    private record Rate(Set<ApiKind> kinds, double share, Fault fault) {}
}
