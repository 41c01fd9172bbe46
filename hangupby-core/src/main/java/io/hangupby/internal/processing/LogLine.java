package io.hangupby.internal.processing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** A line of the log, with fields. If an application brings an SLF4J older than 2, which has no fields, only the text is logged. */
final class LogLine {
    private static final boolean HAS_FIELDS = hasFields();

    private final Logger log;
    private final Level level;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private Optional<Throwable> cause = Optional.empty();

    private LogLine(Logger log, Level level) {
        this.log = log;
        this.level = level;
    }

    static LogLine debug(Logger log) {
        return new LogLine(log, Level.DEBUG);
    }

    static LogLine info(Logger log) {
        return new LogLine(log, Level.INFO);
    }

    static LogLine warn(Logger log) {
        return new LogLine(log, Level.WARN);
    }

    LogLine addKeyValue(String name, String value) {
        fields.put(name, value);
        return this;
    }

    LogLine setCause(Throwable thrown) {
        cause = Optional.of(thrown);
        return this;
    }

    /** Writes the line, with arguments in place of the text's braces. */
    void log(String text, @Nullable Object... arguments) {
        if (HAS_FIELDS) {
            WithFields.log(this, text, arguments);
        } else {
            logPlain(text, arguments);
        }
    }

    private void logPlain(String text, @Nullable Object... arguments) {
        List<@Nullable Object> all = new ArrayList<>(Arrays.asList(arguments));
        cause.ifPresent(all::add);
        switch (level) {
            case DEBUG -> log.debug(text, all.toArray());
            case INFO -> log.info(text, all.toArray());
            default -> log.warn(text, all.toArray());
        }
    }

    private static boolean hasFields() {
        try {
            Class.forName("org.slf4j.spi.LoggingEventBuilder", false, Logger.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException older) {
            return false;
        }
    }

    /** The only class that needs SLF4J 2, so that it is loaded only there. */
    private static final class WithFields {
        private WithFields() {}

        static void log(LogLine line, String text, @Nullable Object... arguments) {
            LoggingEventBuilder builder = line.log.atLevel(line.level);
            for (Map.Entry<String, String> field : line.fields.entrySet()) {
                builder = builder.addKeyValue(field.getKey(), field.getValue());
            }
            if (line.cause.isPresent()) {
                builder = builder.setCause(line.cause.get());
            }
            builder.log(text, arguments);
        }
    }
}
