package io.hangupby.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The workers of the workspace: one for each name and device. Thread-safe. */
final class Staff {
    private static final List<String> FIRST_NAMES = List.of(
            "Amira", "Bastian", "Chiara", "Daniel", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Katya", "Liam",
            "Mila");
    private static final List<String> LAST_NAMES = List.of(
            "Abbott", "Borg", "Castro", "Dahl", "Eriksen", "Fontana", "Greene", "Hadid", "Ito", "Jansen", "Kovacs");

    private final Sids sids;
    private final Map<String, Agent> byNameAndDevice = new ConcurrentHashMap<>();
    private final Map<String, String> namesBySid = new ConcurrentHashMap<>();

    Staff(Sids sids) {
        this.sids = sids;
    }

    /** A name for the n-th worker, which has a number behind it once all names are taken. */
    static String inventedName(int n) {
        // The lists' lengths have no common divisor, so that each pair comes up before the first does again.
        int pairs = FIRST_NAMES.size() * LAST_NAMES.size();
        String name = FIRST_NAMES.get(n % FIRST_NAMES.size()) + " " + LAST_NAMES.get(n % LAST_NAMES.size());
        return n < pairs ? name : name + " " + (n / pairs + 1);
    }

    Agent agent(String name, String contactUri) {
        return byNameAndDevice.computeIfAbsent(name + '\n' + contactUri, both -> {
            Agent hired = new Agent(sids.next("WK"), name, contactUri);
            namesBySid.put(hired.workerSid(), name);
            return hired;
        });
    }

    Optional<String> name(String workerSid) {
        return Optional.ofNullable(namesBySid.get(workerSid));
    }
}
