package io.hangupby.internal.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads the {@code Timestamp} of conference status callbacks. Thread-safe. */
public final class CallbackTime {
    /** The timestamps have whole seconds, so that most callbacks repeat the one before, and parsing costs. */
    private static volatile Optional<Read> latest = Optional.empty();

    private record Read(String text, Instant at) {}

    private CallbackTime() {}

    /** Returns the moment, if the text is a date by RFC 2822. */
    public static Optional<Instant> parse(String text) {
        Optional<Read> read = latest.filter(known -> known.text().equals(text)).or(() -> read(text));
        if (read.isPresent()) {
            latest = read;
        }
        return read.map(Read::at);
    }

    private static Optional<Read> read(String text) {
        try {
            Instant at = ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(new Read(text, at));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
