package io.hangupby.internal.processing;

import io.hangupby.call.Address;
import io.hangupby.call.Marker;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Vocabulary;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.journal.TaskRecord;
import java.util.Set;

/**
 * The settings of an installation. Immutable.
 *
 * @param pluginInstalled whether agents' browsers have a plugin that marks a deliberate hang-up
 * @param vocabulary how values are spelled in a task
 * @param dryRun whether to make and report verdicts, and write nothing
 * @param presetOnCreate whether a new task is given the customer's value, in case its caller gives up in the queue
 * @param pluginPins whether agents' browsers have a plugin that puts each agent's value in place when the agent completes
 * @param markerWords the values that read like a plugin's mark of a click
 * @param ignoredParticipants the addresses that are no party to a call
 * @param details the fields of further details
 */
public record EngineSettings(
        boolean pluginInstalled,
        Vocabulary vocabulary,
        boolean dryRun,
        boolean presetOnCreate,
        boolean pluginPins,
        MarkerWords markerWords,
        Set<Address> ignoredParticipants,
        DetailFields details) {

    /** Copies the set. */
    public EngineSettings {
        ignoredParticipants = Set.copyOf(ignoredParticipants);
    }

    /** Without further marker words, ignored participants and details. */
    public EngineSettings(
            boolean pluginInstalled,
            Vocabulary vocabulary,
            boolean dryRun,
            boolean presetOnCreate,
            boolean pluginPins) {
        this(
                pluginInstalled,
                vocabulary,
                dryRun,
                presetOnCreate,
                pluginPins,
                MarkerWords.of(vocabulary, Set.of()),
                Set.of(),
                DetailFields.NONE);
    }

    /** Returns these settings with further words that count as a marker. */
    public EngineSettings withMarkerWords(Set<String> further) {
        return new EngineSettings(
                pluginInstalled,
                vocabulary,
                dryRun,
                presetOnCreate,
                pluginPins,
                MarkerWords.of(vocabulary, further),
                ignoredParticipants,
                details);
    }

    /** Returns these settings with addresses that are no party to a call. */
    public EngineSettings withIgnoredParticipants(Set<Address> addresses) {
        return new EngineSettings(
                pluginInstalled, vocabulary, dryRun, presetOnCreate, pluginPins, markerWords, addresses, details);
    }

    /** Returns these settings with fields of further details. */
    public EngineSettings withDetails(DetailFields fields) {
        return new EngineSettings(
                pluginInstalled,
                vocabulary,
                dryRun,
                presetOnCreate,
                pluginPins,
                markerWords,
                ignoredParticipants,
                fields);
    }

    /**
     * Returns the marker in a version of a task. A marker that is known already names nobody anew: if the field reads like a mark
     * although our own value had replaced that marker's, another agent has set a bare mark since.
     */
    Marker marker(TaskAttributes attributes, TaskRecord record) {
        Marker marker = markerWords.marker(attributes);
        boolean isOld = record.isKnown(marker) && markerWords.areIn(attributes) && isMarkReplaced(record);
        return isOld ? Marker.BARE : marker;
    }

    private boolean isMarkReplaced(TaskRecord record) {
        return record.fieldOwnerOutcome()
                .map(owner -> owner.write().status() == WriteResult.Status.WRITTEN
                        && owner.verdict().endedBy().flatMap(vocabulary::value).stream()
                                .noneMatch(markerWords::include))
                .orElse(record.isTakenOff());
    }

    /** Returns whether there is anything to write into a new task. */
    public boolean presets() {
        return presetOnCreate && !dryRun && vocabulary.value(EndedBy.CUSTOMER).isPresent();
    }
}
