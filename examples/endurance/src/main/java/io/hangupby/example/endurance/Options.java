package io.hangupby.example.endurance;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The settings of the test.
 *
 * @param calls how many calls are played
 * @param callsPerSecond how many begin in a second
 * @param kills how often a node is killed and started again
 * @param wrapUp how long agents take from wrap-up to completion
 * @param faults the share of API calls that fail
 * @param databaseRestarts how often the database is restarted
 * @param database the database: postgresql or mariadb
 */
record Options(
        int calls,
        double callsPerSecond,
        int kills,
        Duration wrapUp,
        double faults,
        int databaseRestarts,
        String database) {

    static Options parse(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            given.put(arguments[i], arguments[i + 1]);
        }
        return new Options(
                Integer.parseInt(given.getOrDefault("--calls", "2000")),
                Double.parseDouble(given.getOrDefault("--rate", "10")),
                Integer.parseInt(given.getOrDefault("--kills", "20")),
                Duration.ofSeconds(Long.parseLong(given.getOrDefault("--wrap-up", "60"))),
                Double.parseDouble(given.getOrDefault("--faults", "0")),
                Integer.parseInt(given.getOrDefault("--database-restarts", "0")),
                given.getOrDefault("--database", "postgresql"));
    }

    /** Returns the time over which calls begin. */
    Duration stream() {
        return Duration.ofMillis((long) (1000 * calls / callsPerSecond));
    }
}
