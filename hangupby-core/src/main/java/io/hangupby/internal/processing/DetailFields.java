package io.hangupby.internal.processing;

import io.hangupby.decision.Detail;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.SegmentDetail;
import io.hangupby.internal.attributes.EditResult;
import io.hangupby.internal.attributes.TaskAttributes;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The fields of Flex Insights that carry details of segments. A measure is a number, and an attribute or a label is a text. Immutable.
 *
 * @param fields the name of the field below {@code conversations}, for each detail that is written
 * @param shortCall a call with less talk time is short
 */
public record DetailFields(Map<Detail, String> fields, Duration shortCall) {
    /** Calls with less talk time are short, unless a setting says otherwise. */
    public static final Duration DEFAULT_SHORT_CALL = Duration.ofSeconds(10);

    /** Writes no detail. */
    public static final DetailFields NONE = new DetailFields(Map.of(), DEFAULT_SHORT_CALL);

    private static final String MEASURE = "conversation_measure_";

    /** Copies the map, in the order of the details, so that fields are added in one order. */
    public DetailFields {
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    }

    /**
     * Edits the attributes: sets the details of one outcome, and takes off those of another outcome that are still there and are not
     * replaced. A detail for which there is no room must not cost the value, so it is left out.
     *
     * @param due the outcome whose details are due, if any
     * @param owner the outcome whose details may be in the task
     */
    TaskAttributes edited(TaskAttributes attributes, Optional<Outcome> due, Optional<Outcome> owner) {
        TaskAttributes edited = attributes;
        for (Map.Entry<Detail, String> field : fields.entrySet()) {
            Optional<Value> now = due.flatMap(outcome -> value(outcome, field));
            Optional<Value> before = owner.flatMap(outcome -> value(outcome, field));
            EditResult edit = edit(edited, now, before, path(field.getValue()));
            edited = edit instanceof EditResult.Edited changed ? changed.attributes() : edited;
        }
        return edited;
    }

    private static EditResult edit(
            TaskAttributes attributes, Optional<Value> now, Optional<Value> before, String... path) {
        if (now.isPresent()) {
            return now.get().set(attributes, path);
        }
        return before.stream().anyMatch(value -> value.isIn(attributes, path))
                ? attributes.remove(path)
                : new EditResult.Unchanged();
    }

    private static String[] path(String field) {
        return new String[] {"conversations", field};
    }

    private Optional<Value> value(Outcome outcome, Map.Entry<Detail, String> field) {
        SegmentDetail detail = outcome.detail();
        boolean isMeasure = field.getValue().startsWith(MEASURE);
        return switch (field.getKey()) {
            case ON_HOLD -> detail.onHold().map(yes -> Value.of(yes, isMeasure));
            case TRANSFERRING -> detail.transferring().map(yes -> Value.of(yes, isMeasure));
            case SHORT_CALL -> detail.isShorterThan(shortCall).map(yes -> Value.of(yes, isMeasure));
            case TALK_TIME -> detail.talkTime().map(time -> Value.of(time, isMeasure));
        };
    }

    /** A detail as it is written. */
    private record Value(String text, long number, boolean isNumber) {

        static Value of(boolean yes, boolean isNumber) {
            return new Value(yes ? "Yes" : "No", yes ? 1 : 0, isNumber);
        }

        static Value of(Duration time, boolean isNumber) {
            return new Value(Long.toString(time.toSeconds()), time.toSeconds(), isNumber);
        }

        EditResult set(TaskAttributes attributes, String... path) {
            return isNumber ? attributes.set(number, path) : attributes.set(text, path);
        }

        boolean isIn(TaskAttributes attributes, String... path) {
            return isNumber
                    ? attributes.hasNumber(number, path)
                    : attributes.string(path).stream().anyMatch(text::equals);
        }
    }
}
