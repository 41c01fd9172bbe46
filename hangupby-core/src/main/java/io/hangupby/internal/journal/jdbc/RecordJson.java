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
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.hangupby.call.Conference;
import io.hangupby.call.Marker;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.Segment;
import io.hangupby.decision.AuditResult;
import io.hangupby.decision.CallEvidence;
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
 * Events and outcomes as JSON. Reads what other versions of hangupby wrote as far as possible, because nodes are replaced one by
 * one. Thread-safe.
 */
final class RecordJson {
    private static final Logger log = LoggerFactory.getLogger(RecordJson.class);

    private static final ObjectMapper MAPPER = mapper();

    private final AtomicBoolean warned = new AtomicBoolean();

    String write(CallEvent event) {
        return text(event, new TypeReference<CallEvent>() {});
    }

    /** Returns the event of a text, or an empty Optional if this version cannot read it. */
    Optional<CallEvent> event(String text) {
        return understood(() -> MAPPER.readValue(text, CallEvent.class));
    }

    String write(List<Outcome> outcomes) {
        return text(outcomes, new TypeReference<List<Outcome>>() {});
    }

    /** Returns the outcomes of a text, without those that this version cannot read. */
    List<Outcome> outcomes(String text) {
        List<Outcome> outcomes = new ArrayList<>();
        understood(() -> MAPPER.readTree(text))
                .ifPresent(list ->
                        list.forEach(node -> understood(() -> outcome(node)).ifPresent(outcomes::add)));
        return outcomes;
    }

    /** Keeps the verdict even if its evidence cannot be read. */
    private Outcome outcome(JsonNode node) throws JsonProcessingException {
        JsonNode evidence = node.path("evidence");
        JsonNode audit = node.path("audit");
        return new Outcome(
                MAPPER.treeToValue(node.path("segment"), Segment.class),
                MAPPER.treeToValue(node.path("verdict"), Verdict.class),
                MAPPER.treeToValue(node.path("write"), WriteResult.class),
                evidence.isObject()
                        ? understood(() -> MAPPER.treeToValue(evidence, CallEvidence.class))
                        : Optional.empty(),
                audit.isObject() ? understood(() -> MAPPER.treeToValue(audit, AuditResult.class)) : Optional.empty());
    }

    private static <T> String text(T value, TypeReference<T> type) {
        try {
            return MAPPER.writerFor(type).writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a part of a record cannot be written as JSON", impossible);
        }
    }

    private <T> Optional<T> understood(Reading<T> reading) {
        try {
            return Optional.of(reading.read());
        } catch (JsonProcessingException | RuntimeException notUnderstood) {
            if (warned.compareAndSet(false, true)) {
                log.warn(
                        "the journal holds something that this version of hangupby does not understand ({}); it is skipped."
                                + " Nothing to do while nodes are replaced one by one. Logged once",
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
        Stream.of(CallEvent.class, StoredEvidence.Lookup.class)
                .forEach(parent -> mapper.addMixIn(parent, NamesItsKind.class));
        mapper.addMixIn(Marker.class, IsStoredAsMarker.class);
        mapper.addMixIn(ParticipantLog.class, IsStoredAsLog.class);
        mapper.addMixIn(CallEvidence.class, IsStoredAsEvidence.class);
        mapper.addMixIn(Conference.class, IsStoredAsConference.class);
        mapper.addMixIn(Verdict.class, IsStoredAsVerdict.class);
        StoredNames.kinds().forEach(mapper::registerSubtypes);
        return mapper.build();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    private interface NamesItsKind {}

    @JsonSerialize(converter = StoredMarker.FromMarker.class)
    @JsonDeserialize(converter = StoredMarker.ToMarker.class)
    private interface IsStoredAsMarker {}

    @JsonSerialize(converter = StoredLog.FromLog.class)
    @JsonDeserialize(converter = StoredLog.ToLog.class)
    private interface IsStoredAsLog {}

    @JsonSerialize(converter = StoredEvidence.FromEvidence.class)
    @JsonDeserialize(converter = StoredEvidence.ToEvidence.class)
    private interface IsStoredAsEvidence {}

    @JsonSerialize(converter = StoredConference.FromConference.class)
    @JsonDeserialize(converter = StoredConference.ToConference.class)
    private interface IsStoredAsConference {}

    @JsonSerialize(converter = StoredVerdict.FromVerdict.class)
    @JsonDeserialize(converter = StoredVerdict.ToVerdict.class)
    private interface IsStoredAsVerdict {}

    private interface Reading<T> {
        T read() throws JsonProcessingException;
    }
}
