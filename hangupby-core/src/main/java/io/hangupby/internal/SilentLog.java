package io.hangupby.internal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Warns if SLF4J discards hangupby's log lines, because no provider is on the class path, or because the application has an older SLF4J
 * that finds no provider of version 2. An application that discards its log on purpose, with slf4j-nop, is left alone.
 */
public final class SilentLog {
    private static final String DISCARDS = "org.slf4j.helpers.NOPLoggerFactory";
    private static final String SLF4J_2 = "org.slf4j.spi.SLF4JServiceProvider";

    /** Classes of slf4j-nop in version 2, and of any provider of version 1. */
    private static final List<String> ON_PURPOSE =
            List.of("org.slf4j.nop.NOPServiceProvider", "org.slf4j.impl.StaticLoggerBinder");

    private static final AtomicBoolean isWritten = new AtomicBoolean();

    private SilentLog() {}

    private static Optional<String> warning() {
        boolean discards =
                LoggerFactory.getILoggerFactory().getClass().getName().equals(DISCARDS);
        if (!discards || ON_PURPOSE.stream().anyMatch(SilentLog::exists)) {
            return Optional.empty();
        }
        return Optional.of("hangupby works, and its log is discarded: "
                + (exists(SLF4J_2)
                        ? "no provider of SLF4J 2 is on the class path; add one, such as logback-classic 1.5"
                        : "an SLF4J older than 2 is on the class path, which finds no provider of version 2; let the build choose"
                                + " org.slf4j:slf4j-api 2.0 or newer"));
    }

    /**
     * Writes the warning, once in a process: the container's log and the standard error are often the same console.
     *
     * @param place takes the line where it is seen without SLF4J
     */
    public static void warnOnce(Consumer<String> place) {
        warning().filter(silent -> isWritten.compareAndSet(false, true)).ifPresent(place);
    }

    private static boolean exists(String type) {
        try {
            Class.forName(type, false, LoggerFactory.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
