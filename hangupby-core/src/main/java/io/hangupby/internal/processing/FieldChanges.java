package io.hangupby.internal.processing;

import io.hangupby.call.Marker;
import io.hangupby.call.Segment;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.WriteResult.Status;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.TaskRouterEvent.FieldSeen;
import io.hangupby.internal.event.TaskRouterEvent.MarkerSeen;
import io.hangupby.internal.event.TaskRouterEvent.ValueLost;
import io.hangupby.internal.event.TaskVersion;
import io.hangupby.internal.journal.TaskRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What another writer changed in a task that matters to a segment whose agent is in wrap-up. Stateless. */
final class FieldChanges {
    /** How often a value is written again for a segment: two programs must not overwrite each other for ever. */
    static final int REWRITES_AT_MOST = 3;

    private FieldChanges() {}

    /** Returns what to store of a version of the task. */
    static List<TaskRouterEvent> of(TaskVersion version, TaskRecord record, EngineSettings settings) {
        TaskAttributes attributes = TaskAttributes.of(version.attributes());
        if (attributes.problem().isPresent()) {
            return List.of();
        }
        Optional<Outcome> kept = keptValue(record);
        List<TaskRouterEvent> changes = new ArrayList<>();
        Optional<MarkerSeen> marker = lateMarker(version, attributes, record, settings);
        marker.ifPresent(changes::add);
        Optional<String> field = attributes.string(FlexAttributes.HANG_UP_BY);
        kept.filter(outcome -> marker.stream().noneMatch(seen -> turns(record.with(seen), outcome.segment())))
                .filter(outcome -> !field.equals(text(outcome, settings)))
                .map(outcome -> new ValueLost(
                        version.task(), version.at(), outcome.segment().reservation()))
                .ifPresent(changes::add);
        return changes;
    }

    /** Returns what to store of a version of a task of which nobody can say yet what it must hold. */
    static Optional<FieldSeen> beforeVerdict(TaskVersion version) {
        TaskAttributes attributes = TaskAttributes.of(version.attributes());
        return attributes.problem().isPresent()
                ? Optional.empty()
                : Optional.of(new FieldSeen(
                        version.task(), version.at(), version.number(), attributes.string(FlexAttributes.HANG_UP_BY)));
    }

    /**
     * Returns that a value was gone before its outcome was recorded, according to an update that was stored meanwhile.
     *
     * @param isOlder whether the task has had a later version since, our own write's or the one read
     */
    static Optional<ValueLost> lostBeforeRecorded(
            TaskRecord record, EngineSettings settings, Predicate<FieldSeen> isOlder) {
        return keptValue(record)
                .flatMap(outcome -> record.timeline()
                        .fieldSeen()
                        .filter(seen -> !seen.hangUpBy().equals(text(outcome, settings)) && !isOlder.test(seen))
                        .map(seen -> new ValueLost(
                                seen.task(), seen.at(), outcome.segment().reservation())));
    }

    /** Returns the outcome whose value is in the field, if it is written again in case it is gone. */
    static Optional<Outcome> keptValue(TaskRecord record) {
        return record.holder()
                .filter(holder ->
                        record.fieldOwner().stream().anyMatch(holder.segment().reservation()::equals))
                .filter(holder -> holder.write().status() == Status.WRITTEN
                        || holder.write().status() == Status.ALREADY_SET)
                .filter(holder -> record.timeline().losses(holder.segment().reservation()) < REWRITES_AT_MOST);
    }

    static Optional<String> text(Outcome outcome, EngineSettings settings) {
        return outcome.verdict().endedBy().flatMap(settings.vocabulary()::value);
    }

    /**
     * Returns the marker in the attributes if it turns a verdict or names its agent. While another agent is in the conversation, a bare marker may be
     * that agent's, so it waits for the wrap-up.
     */
    private static Optional<MarkerSeen> lateMarker(
            TaskVersion version, TaskAttributes attributes, TaskRecord record, EngineSettings settings) {
        Marker marker = settings.marker(attributes, record);
        Optional<String> field = attributes.string(FlexAttributes.HANG_UP_BY);
        boolean isOthers = marker.isBare()
                && (!record.timeline().agentsPresent().isEmpty()
                        || field.stream().anyMatch(record::isBornWith)
                        || record.fieldOwnerOutcome().stream()
                                .anyMatch(owner -> text(owner, settings).equals(field) || isStillMarked(owner)));
        if (!marker.isSet() || isOthers) {
            return Optional.empty();
        }
        MarkerSeen seen = new MarkerSeen(version.task(), version.at(), marker);
        return Optional.of(seen)
                .filter(event -> isNewlyNamed(marker, record)
                        || record.with(event).revisable().size()
                                > record.revisable().size());
    }

    /** The mark that an agent was judged on stays in the field unless a value is written over it. */
    private static boolean isStillMarked(Outcome owner) {
        return owner.marker().isBare() && owner.write().status() != Status.WRITTEN;
    }

    /** A marker with a name is remembered even if it turns nothing, so that a later bare mark is known to be a different click. */
    private static boolean isNewlyNamed(Marker marker, TaskRecord record) {
        return marker.reservation().flatMap(record::outcome).isPresent() && !record.isKnown(marker);
    }

    private static boolean turns(TaskRecord marked, Segment segment) {
        return marked.revisable().stream()
                .anyMatch(revisable -> revisable.reservation().equals(segment.reservation()));
    }
}
