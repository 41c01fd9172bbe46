package io.hangupby.simulator.rest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Injects faults into API calls: into the next calls of an operation, into those about one task, or at a rate. Thread-safe. */
public final class FaultInjector {

    private final Random random;
    private final List<Planned> planned = new ArrayList<>();
    private final List<Rate> rates = new ArrayList<>();
    private int injected;

    FaultInjector(long seed) {
        this.random = new Random(seed);
    }

    /** Injects these faults into the next calls of an operation, in this order. */
    public synchronized void next(ApiOperation operation, Fault... faults) {
        for (Fault fault : faults) {
            planned.add(new Planned(Optional.empty(), operation, fault));
        }
    }

    /** Injects the same fault into this number of calls of an operation. */
    public synchronized void next(int number, ApiOperation operation, Fault fault) {
        planned.addAll(Collections.nCopies(number, new Planned(Optional.empty(), operation, fault)));
    }

    /** Injects these faults into the next calls of an operation that are about this task, in this order. */
    public synchronized void nextOf(String taskSid, ApiOperation operation, Fault... faults) {
        for (Fault fault : faults) {
            planned.add(new Planned(Optional.of(taskSid), operation, fault));
        }
    }

    /** Injects a fault into this share of all calls, from 0 to 1. */
    public synchronized void rate(double share, Fault fault) {
        rates.add(new Rate(EnumSet.allOf(ApiOperation.class), share, fault));
    }

    /** Injects a fault into this share of the calls of an operation, from 0 to 1. */
    public synchronized void rate(double share, ApiOperation operation, Fault fault) {
        rates.add(new Rate(EnumSet.of(operation), share, fault));
    }

    /** Cancels all faults that have not been injected. */
    public synchronized void clear() {
        planned.clear();
        rates.clear();
    }

    /** Returns how many faults have been injected. */
    public synchronized int injected() {
        return injected;
    }

    synchronized Optional<Fault> pick(ApiOperation operation, Optional<String> taskSid) {
        Optional<Fault> fault = pickPlanned(operation, taskSid).or(() -> pickByRate(operation));
        if (fault.filter(picked -> picked.kind() != Fault.Kind.NONE).isPresent()) {
            injected++;
        }
        return fault;
    }

    private Optional<Fault> pickPlanned(ApiOperation operation, Optional<String> taskSid) {
        for (Iterator<Planned> each = planned.iterator(); each.hasNext(); ) {
            Planned candidate = each.next();
            if (candidate.operation() == operation
                    && (candidate.taskSid().isEmpty() || candidate.taskSid().equals(taskSid))) {
                each.remove();
                return Optional.of(candidate.fault());
            }
        }
        return Optional.empty();
    }

    private Optional<Fault> pickByRate(ApiOperation operation) {
        return rates.stream()
                .filter(rate -> rate.operations().contains(operation) && random.nextDouble() < rate.share())
                .map(Rate::fault)
                .findFirst();
    }

    private record Planned(Optional<String> taskSid, ApiOperation operation, Fault fault) {}

    private record Rate(Set<ApiOperation> operations, double share, Fault fault) {}
}
