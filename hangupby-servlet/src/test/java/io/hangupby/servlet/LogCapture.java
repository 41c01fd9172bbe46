package io.hangupby.servlet;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** Captures the log of hangupby while it is open. */
final class LogCapture implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.hangupby");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    LogCapture() {
        appender.start();
        logger.addAppender(appender);
    }

    List<String> lines() {
        return List.copyOf(appender.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** Returns the fields of the lines that contain this text. */
    List<Map<String, Object>> fields(String text) {
        return List.copyOf(appender.list).stream()
                .filter(line -> line.getFormattedMessage().contains(text))
                .map(line -> Optional.ofNullable(line.getKeyValuePairs()).orElse(List.of()).stream()
                        .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value)))
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
    }
}
