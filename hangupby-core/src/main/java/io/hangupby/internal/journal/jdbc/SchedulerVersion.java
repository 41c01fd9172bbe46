package io.hangupby.internal.journal.jdbc;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.hangupby.journal.JournalException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of db-scheduler on the class path. The application chooses it. */
final class SchedulerVersion {
    static final String RANGE = "16.2 to 16.12, or a later 16";

    private static final int MAJOR = 16;
    private static final int LEAST_MINOR = 2;
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");
    private static final String PROPERTIES = "/META-INF/maven/com.github.kagkarlsson/db-scheduler/pom.properties";

    private SchedulerVersion() {}

    /**
     * Checks the version, if the jar names it.
     *
     * @throws JournalException if hangupby does not work with it
     */
    static void check() {
        ofClassPath().ifPresent(SchedulerVersion::check);
    }

    static void check(String version) {
        Matcher numbers = VERSION.matcher(version);
        boolean isKnown = numbers.matches();
        boolean works = !isKnown
                || (Integer.parseInt(numbers.group(1)) == MAJOR && Integer.parseInt(numbers.group(2)) >= LEAST_MINOR);
        if (!works) {
            throw new JournalException("db-scheduler " + version + " is on the class path, and hangupby works with "
                    + RANGE + "; set the version of com.github.kagkarlsson:db-scheduler");
        }
    }

    /** Returns the version, if the jar names it. */
    static Optional<String> ofClassPath() {
        try (InputStream stream = Scheduler.class.getResourceAsStream(PROPERTIES)) {
            if (stream == null) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            properties.load(stream);
            return Optional.ofNullable(properties.getProperty("version"));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
