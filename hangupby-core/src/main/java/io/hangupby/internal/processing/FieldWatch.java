package io.hangupby.internal.processing;

import io.hangupby.call.Marker;
import io.hangupby.call.ReservationSid;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Vocabulary;
import io.hangupby.decision.WriteResult.Status;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent.ValueChanged;
import io.hangupby.internal.event.TaskVersion;
import io.hangupby.internal.journal.TaskRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the attributes of a task must still say while agents are in wrap-up. Another writer can remove our value, or a plugin can
 * mark a click late. Immutable.
 *
 * @param value the value of ours in the field, if it is to be written again in case it is gone
 * @param turnable the segments whose verdicts a click turns, in the order of their wrap-ups
 * @param present the agents who are still in the conversation
 * @param marked the segments whose late markers are known already
 */
record FieldWatch(
        Optional<OwnValue> value,
        List<ReservationSid> turnable,
        List<ReservationSid> present,
        Set<ReservationSid> marked) {
    /** How often a value is written again for a segment: two programs must not overwrite each other for ever. */
    static final int REWRITES_AT_MOST = 3;

    /**
     * A value in the field.
     *
     * @param reservation the segment
     * @param text the value
     */
    record OwnValue(ReservationSid reservation, String text) {}

    static FieldWatch of(TaskRecord record, Vocabulary vocabulary) {
        List<ReservationSid> turnable = record.inWrapUp().stream()
                .filter(FieldWatch::isTurnable)
                .map(FieldWatch::reservation)
                .toList();
        List<ReservationSid> present = record.timeline().agentsPresent();
        Set<ReservationSid> marked = Stream.concat(turnable.stream(), present.stream())
                .filter(reservation -> record.timeline().lateMarker(reservation).isPresent())
                .collect(Collectors.toSet());
        return new FieldWatch(ownValue(record, vocabulary), turnable, present, marked);
    }

    private static boolean isTurnable(Outcome outcome) {
        return outcome.verdict().endedBy().stream().anyMatch(TaskRecord.TURNED_BY_A_CLICK::contains)
                && !outcome.marker().speaksFor(reservation(outcome));
    }

    private static Optional<OwnValue> ownValue(TaskRecord record, Vocabulary vocabulary) {
        return record.holder()
                .filter(holder -> record.fieldOwner().equals(Optional.of(reservation(holder))))
                .filter(holder -> holder.write().status() == Status.WRITTEN
                        || holder.write().status() == Status.ALREADY_SET)
                .filter(holder -> record.timeline().losses(reservation(holder)) < REWRITES_AT_MOST)
                .flatMap(holder -> holder.verdict()
                        .endedBy()
                        .flatMap(vocabulary::value)
                        .map(text -> new OwnValue(reservation(holder), text)));
    }

    private static ReservationSid reservation(Outcome outcome) {
        return outcome.segment().reservation();
    }

    /** Returns what another writer changed in a version of the task that matters to a segment. */
    List<ValueChanged> changes(TaskVersion version) {
        TaskAttributes attributes = TaskAttributes.of(version.attributes());
        if (attributes.problem().isPresent()) {
            return List.of();
        }
        List<ValueChanged> changes = new ArrayList<>();
        Marker marker = FlexAttributes.marker(attributes);
        Optional<ReservationSid> clicked = clicked(marker);
        clicked.filter(reservation -> !marked.contains(reservation))
                .ifPresent(reservation -> changes.add(change(version, reservation, marker)));
        value.filter(ours -> !clicked.equals(Optional.of(ours.reservation())))
                .filter(ours -> !attributes.string(FlexAttributes.HANG_UP_BY).equals(Optional.of(ours.text())))
                .ifPresent(ours -> changes.add(change(version, ours.reservation(), new Marker.None())));
        return changes;
    }

    private static ValueChanged change(TaskVersion version, ReservationSid reservation, Marker marker) {
        return new ValueChanged(EventType.TASK_UPDATED, version.task(), version.at(), reservation, marker);
    }

    /**
     * Returns whose click a marker shows that came after a wrap-up. A bare marker can be the click of an agent who is still in
     * the conversation; otherwise it is that of the agent who left last.
     */
    private Optional<ReservationSid> clicked(Marker marker) {
        if (marker instanceof Marker.Named named) {
            return Optional.of(named.reservation()).filter(turnable::contains);
        }
        boolean isBare = marker instanceof Marker.Bare
                && value.filter(ours -> FlexAttributes.isMark(ours.text())).isEmpty();
        if (!isBare) {
            return Optional.empty();
        }
        if (!present.isEmpty()) {
            return present.size() == 1 ? Optional.of(present.get(0)) : Optional.empty();
        }
        return turnable.isEmpty() ? Optional.empty() : Optional.of(turnable.get(turnable.size() - 1));
    }
}
