package io.hangupby.internal.processing;

import io.hangupby.call.Marker;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.TaskVersion;
import io.hangupby.internal.journal.TaskRecord;
import java.util.Optional;

/**
 * What the attributes of a task must still say while agents are in wrap-up. Another writer can remove our value, or a plugin can
 * mark a click late. Immutable.
 *
 * @param value the value of ours in the field, if it is to be written again in case it is gone
 * @param awaitsClick whether a click turns the verdict on a segment
 * @param markerWords the values that read like a plugin's mark of a click
 */
record FieldWatch(Optional<String> value, boolean awaitsClick, MarkerWords markerWords) {

    static FieldWatch of(TaskRecord record, EngineSettings settings) {
        Optional<String> value =
                FieldChanges.keptValue(record).flatMap(outcome -> FieldChanges.text(outcome, settings));
        return new FieldWatch(value, record.isAnyTurnedByAClick(), settings.markerWords());
    }

    /** Returns whether nothing in a version of the task can matter to a segment. Otherwise the journal has to say. */
    boolean isUnchanged(TaskVersion version) {
        TaskAttributes attributes = TaskAttributes.of(version.attributes());
        Optional<String> field = attributes.string(FlexAttributes.HANG_UP_BY);
        return (value.isEmpty() || value.equals(field)) && !(awaitsClick && isMarked(attributes, field));
    }

    private boolean isMarked(TaskAttributes attributes, Optional<String> field) {
        Marker marker = markerWords.marker(attributes);
        return marker.isBare() ? !value.equals(field) : marker.isSet();
    }
}
