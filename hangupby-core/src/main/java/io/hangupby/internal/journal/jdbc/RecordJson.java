package io.hangupby.internal.journal.jdbc;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.hangupby.call.Marker;
import io.hangupby.call.Segment;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.CallLookup;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Verdict;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.event.CallEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events and outcomes as JSON. What another version of hangupby wrote is read as far as it is understood: nodes are replaced
 * one by one. Thread-safe.
 */
final class RecordJson {
    private static final Logger log = LoggerFactory.getLogger(RecordJson.class);

    private static final ObjectMapper MAPPER = mapper();

    private final AtomicBoolean warned = new AtomicBoolean();

    String write(CallEvent event) {
        return text(event, new TypeReference<CallEvent>() {});
    }

    /** Returns the event that a text is, or nothing if this version does not understand it. */
    Optional<CallEvent> event(String text) {
        return understood(() -> MAPPER.readValue(text, CallEvent.class));
    }

    String write(List<Outcome> outcomes) {
        return text(outcomes, new TypeReference<List<Outcome>>() {});
    }

    /** Returns the outcomes that a text is; those that this version does not understand are left out. */
    List<Outcome> outcomes(String text) {
        List<Outcome> outcomes = new ArrayList<>();
        understood(() -> MAPPER.readTree(text))
                .ifPresent(list ->
                        list.forEach(one -> understood(() -> outcome(one)).ifPresent(outcomes::add)));
        return outcomes;
    }

    /** A verdict stays one also where what it rests on is not understood. */
    private Outcome outcome(JsonNode one) throws JsonProcessingException {
        JsonNode evidence = one.path("evidence");
        return new Outcome(
                MAPPER.treeToValue(one.path("segment"), Segment.class),
                MAPPER.treeToValue(one.path("verdict"), Verdict.class),
                MAPPER.treeToValue(one.path("write"), WriteResult.class),
                evidence.isObject()
                        ? understood(() -> MAPPER.treeToValue(evidence, CallEvidence.class))
                        : Optional.empty());
    }

    private static <T> String text(T value, TypeReference<T> type) {
        try {
            return MAPPER.writerFor(type).writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a record has a part that is no JSON", impossible);
        }
    }

    private <T> Optional<T> understood(Reading<T> reading) {
        try {
            return Optional.of(reading.read());
        } catch (JsonProcessingException | RuntimeException notUnderstood) {
            if (warned.compareAndSet(false, true)) {
                log.warn(
                        "the journal holds something that this version of hangupby does not understand ({}); it is left out."
                                + " Not said again",
                        notUnderstood.getClass().getSimpleName());
            }
            return Optional.empty();
        }
    }

    private static ObjectMapper mapper() {
        JsonMapper.Builder mapper = JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addModule(new SidModule())
                .propertyNamingStrategy(new StoredNames())
                .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        Stream.of(CallEvent.class, Marker.class, CallLookup.class)
                .forEach(parent -> mapper.addMixIn(parent, NamesItsKind.class));
        StoredNames.kinds().forEach(mapper::registerSubtypes);
        return mapper.build();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    private interface NamesItsKind {}

    private interface Reading<T> {
        T read() throws JsonProcessingException;
    }
}
