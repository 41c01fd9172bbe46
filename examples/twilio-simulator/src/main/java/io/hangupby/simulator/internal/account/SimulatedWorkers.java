package io.hangupby.simulator.internal.account;

import io.hangupby.simulator.account.Agent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The workers of the workspace: one for each name and device. Thread-safe. */
public final class SimulatedWorkers {
    private static final List<String> FIRST_NAMES = List.of(
            "Amira", "Bastian", "Chiara", "Daniel", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Katya", "Liam",
            "Mila");
    private static final List<String> LAST_NAMES = List.of(
            "Abbott", "Borg", "Castro", "Dahl", "Eriksen", "Fontana", "Greene", "Hadid", "Ito", "Jansen", "Kovacs");

    private final SidGenerator sids;
    private final Map<String, Agent> byNameAndDevice = new ConcurrentHashMap<>();
    private final Map<String, String> namesBySid = new ConcurrentHashMap<>();

    public SimulatedWorkers(SidGenerator sids) {
        this.sids = sids;
    }

    /** Returns an invented name for the n-th worker, with a number appended once all names are taken. */
    public static String inventedName(int n) {
        // The lengths of the lists have no common divisor, so every pair is used before the first one comes again.
        int pairs = FIRST_NAMES.size() * LAST_NAMES.size();
        String name = FIRST_NAMES.get(n % FIRST_NAMES.size()) + " " + LAST_NAMES.get(n % LAST_NAMES.size());
        return n < pairs ? name : name + " " + (n / pairs + 1);
    }

    public Agent agent(String name, String contactUri) {
        return byNameAndDevice.computeIfAbsent(name + '\n' + contactUri, both -> {
            Agent worker = new Agent(sids.next("WK"), name, contactUri);
            namesBySid.put(worker.workerSid(), name);
            return worker;
        });
    }

    public Optional<String> name(String workerSid) {
        return Optional.ofNullable(namesBySid.get(workerSid));
    }
}
