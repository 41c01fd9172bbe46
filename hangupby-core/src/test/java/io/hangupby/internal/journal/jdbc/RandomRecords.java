package io.hangupby.internal.journal.jdbc;

import io.hangupby.call.Marker;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.ReservationSid;
import io.hangupby.decision.CallEvidence;
import io.hangupby.internal.event.TaskRouterEvent;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Makes values of any record, whatever parts it has or will have. */
final class RandomRecords {
    private final Random random;

    RandomRecords(long seed) {
        random = new Random(seed);
    }

    <T> T of(Class<T> type) {
        return type.cast(value(type));
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType generic) {
            return container((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return pick(plain.getEnumConstants());
        }
        if (plain.isSealed()) {
            return value(pick(stored(plain.getPermittedSubclasses())));
        }
        if (plain == Instant.class) {
            return Instant.ofEpochMilli(random.nextInt());
        }
        if (plain == String.class) {
            return pick(new String[] {"", "plain", "with \"quotes\", \\ and \n", "Zürich 😀"});
        }
        if (plain == int.class || plain == Integer.class) {
            return random.nextInt(1000);
        }
        if (plain == Long.class) {
            return (long) random.nextInt(1000);
        }
        if (plain == ParticipantLog.class) {
            return new StoredLog.ToLog().convert(of(StoredLog.class));
        }
        if (plain == CallEvidence.class) {
            return new StoredEvidence.ToEvidence().convert(of(StoredEvidence.class));
        }
        if (plain == Marker.class) {
            ReservationSid reservation = of(ReservationSid.class);
            return pick(new Marker[] {Marker.NONE, Marker.BARE, Marker.of(reservation), Marker.unclear(reservation)});
        }
        return plain == boolean.class || plain == Boolean.class ? (Object) random.nextBoolean() : record(plain);
    }

    private static Class<?>[] stored(Class<?>... kinds) {
        return Arrays.stream(kinds)
                .filter(kind -> kind != TaskRouterEvent.TaskUpdated.class)
                .toArray(Class<?>[]::new);
    }

    private Object container(Class<?> kind, Type[] of) {
        boolean empty = random.nextInt(3) == 0;
        if (kind == Optional.class) {
            return empty ? Optional.empty() : Optional.of(value(of[0]));
        }
        if (kind == List.class) {
            return empty ? List.of() : List.of(value(of[0]), value(of[0]));
        }
        if (kind == Set.class) {
            return empty ? Set.of() : Set.of(value(of[0]));
        }
        return empty ? Map.of() : Map.of(value(of[0]), value(of[1]));
    }

    private Object record(Class<?> type) {
        RecordComponent[] parts = type.getRecordComponents();
        Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = type.getSimpleName().endsWith("Sid")
                ? new Object[] {sid(type.getSimpleName())}
                : Arrays.stream(parts).map(part -> value(part.getGenericType())).toArray();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException impossible) {
            throw new IllegalStateException(type.getName(), impossible);
        }
    }

    private String sid(String type) {
        String prefix = Map.of(
                        "AccountSid", "AC",
                        "WorkspaceSid", "WS",
                        "TaskSid", "WT",
                        "ReservationSid", "WR",
                        "WorkerSid", "WK",
                        "ConferenceSid", "CF",
                        "CallSid", "CA")
                .getOrDefault(type, "??");
        return prefix + "%032x".formatted(random.nextInt(1_000_000));
    }

    private <T> T pick(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
