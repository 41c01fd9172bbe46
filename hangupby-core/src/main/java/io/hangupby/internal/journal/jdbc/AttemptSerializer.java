package io.hangupby.internal.journal.jdbc;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import java.nio.charset.StandardCharsets;

/** Keeps the number of a task's turn as digits that people can read, and nothing else. */
final class AttemptSerializer implements Serializer {

    @Override
    public byte[] serialize(Object turn) {
        return String.valueOf(turn).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public <T> T deserialize(Class<T> type, byte[] text) {
        return type.cast(Integer.valueOf(new String(text, StandardCharsets.US_ASCII)));
    }
}
