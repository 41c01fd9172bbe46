package io.hangupby.internal.journal.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.hangupby.call.AccountSid;
import io.hangupby.call.Address;
import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.TaskSid;
import io.hangupby.call.WorkerSid;
import io.hangupby.call.WorkspaceSid;
import java.io.IOException;
import java.util.function.Function;

/** Writes what is only a text, an SID for example, as a text. */
final class SidModule extends SimpleModule {
    private static final long serialVersionUID = 1;

    SidModule() {
        text(AccountSid.class, AccountSid::value, AccountSid::new);
        text(WorkspaceSid.class, WorkspaceSid::value, WorkspaceSid::new);
        text(TaskSid.class, TaskSid::value, TaskSid::new);
        text(ReservationSid.class, ReservationSid::value, ReservationSid::new);
        text(WorkerSid.class, WorkerSid::value, WorkerSid::new);
        text(ConferenceSid.class, ConferenceSid::value, ConferenceSid::new);
        text(CallSid.class, CallSid::value, CallSid::new);
        text(Address.class, Address::value, Address::new);
        addKeySerializer(CallSid.class, new Key());
        addKeyDeserializer(CallSid.class, new FromKey());
    }

    private <T> void text(Class<T> type, Function<T, String> write, Function<String, T> read) {
        addSerializer(type, new Value<>(type, write));
        addDeserializer(type, new FromValue<>(type, read));
    }

    private static final class Value<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1;
        private final transient Function<T, String> write;

        Value(Class<T> type, Function<T, String> write) {
            super(type);
            this.write = write;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(write.apply(value));
        }
    }

    /** Takes a text as it is: Jackson's own would trim it, and make nothing of an empty one. */
    private static final class FromValue<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1;
        private final transient Function<String, T> read;

        FromValue(Class<T> type, Function<String, T> read) {
            super(type);
            this.read = read;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return read.apply(parser.getText());
        }
    }

    private static final class Key extends StdSerializer<CallSid> {
        private static final long serialVersionUID = 1;

        Key() {
            super(CallSid.class);
        }

        @Override
        public void serialize(CallSid value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeFieldName(value.value());
        }
    }

    private static final class FromKey extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return new CallSid(key);
        }
    }
}
