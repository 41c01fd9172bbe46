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
import io.hangupby.call.BrowserSign;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Role;
import io.hangupby.call.TaskSid;
import io.hangupby.call.Transfer;
import io.hangupby.call.WorkerSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.AuditResult;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Fact;
import io.hangupby.decision.Kept;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.VoiceReport;
import java.io.IOException;
import java.util.function.Function;

/** Writes types that hold only a text, such as SIDs, and constants as plain text. */
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
        constants(EventType.class);
        constants(Transfer.Mode.class);
        constants(ParticipantLeft.Reason.class);
        constants(Conference.EndReason.class);
        constants(Call.Status.class);
        constants(Role.class);
        constants(EndedBy.class);
        constants(Fact.Source.class);
        constants(WriteResult.Status.class);
        constants(Kept.class);
        constants(BrowserSign.class);
        constants(VoiceReport.EndedFrom.class);
        constants(VoiceReport.Stage.class);
        constants(AuditResult.Status.class);
        addKeySerializer(CallSid.class, new Key());
        addKeyDeserializer(CallSid.class, new FromKey());
    }

    private <T> void text(Class<T> type, Function<T, String> write, Function<String, T> read) {
        addSerializer(type, new Value<>(type, write));
        addDeserializer(type, new FromValue<>(type, read));
    }

    private <E extends Enum<E>> void constants(Class<E> type) {
        text(type, StoredConstants::name, name -> StoredConstants.constant(type, name));
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

    /** Reads a text unchanged. Jackson's own deserializer would trim the text, and read an empty text as null. */
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
