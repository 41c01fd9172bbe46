package io.hangupby.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** Everything that hangupby logs, debug lines included, until it is closed. */
public final class CapturedLog implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.hangupby");
    private final Level level = logger.getLevel();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    public CapturedLog() {
        lines.start();
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        logger.addAppender(lines);
    }

    /** The messages of this level, oldest first. */
    public List<String> at(Level wanted) {
        return List.copyOf(lines.list).stream()
                .filter(line -> line.getLevel() == wanted)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** The messages of all levels, oldest first. */
    public List<String> lines() {
        return List.copyOf(lines.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    public List<String> warnings() {
        return at(Level.WARN);
    }

    /** The fields of the lines that contain this text, oldest first. */
    public List<Map<String, Object>> fields(String text) {
        return List.copyOf(lines.list).stream()
                .filter(line -> line.getFormattedMessage().contains(text))
                .map(line -> Optional.ofNullable(line.getKeyValuePairs()).orElse(List.of()).stream()
                        .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value)))
                .toList();
    }

    /** All lines with their stack traces. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (ILoggingEvent line : List.copyOf(lines.list)) {
            text.append(line.getLevel())
                    .append(' ')
                    .append(line.getFormattedMessage())
                    .append('\n');
            Optional<IThrowableProxy> thrown = Optional.ofNullable(line.getThrowableProxy());
            thrown.map(ThrowableProxyUtil::asString).ifPresent(text::append);
        }
        return text.toString();
    }

    @Override
    public void close() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(level);
    }
}
