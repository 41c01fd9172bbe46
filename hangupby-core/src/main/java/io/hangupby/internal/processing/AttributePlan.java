package io.hangupby.internal.processing;

import io.hangupby.call.Address;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Vocabulary;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.attributes.EditResult;
import io.hangupby.internal.attributes.TaskAttributes;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The values that are due in the fields of Flex Insights that are ours. Immutable.
 *
 * @param vocabulary how values are spelled
 * @param markerWords the values that read like a plugin's mark of a click
 * @param due the outcome whose value is due, if there is one
 * @param fieldOwner the outcome whose value we wrote or found there last, which is taken off if nothing takes its place
 * @param preset whether the customer's value is due if no outcome's is
 * @param bornWith the value that the task was created with, which the preset may replace
 * @param details the fields of further details, which come and go with the value
 * @param pinned the outcomes whose values are set apart for the plugin, because their agents share the field
 */
record AttributePlan(
        Vocabulary vocabulary,
        MarkerWords markerWords,
        Optional<Outcome> due,
        Optional<Outcome> fieldOwner,
        boolean preset,
        Optional<String> bornWith,
        DetailFields details,
        List<Outcome> pinned) {

    /** A plan that sets nothing apart. */
    AttributePlan(EngineSettings settings, Optional<Outcome> due, Optional<Outcome> fieldOwner, boolean preset) {
        this(settings, due, fieldOwner, preset, List.of());
    }

    AttributePlan(
            EngineSettings settings,
            Optional<Outcome> due,
            Optional<Outcome> fieldOwner,
            boolean preset,
            List<Outcome> pinned) {
        this(
                settings.vocabulary(),
                settings.markerWords(),
                due,
                fieldOwner,
                preset,
                Optional.empty(),
                settings.details(),
                pinned);
    }

    /** A plan for a new task, whose caller may give up in the queue. */
    static AttributePlan preset(EngineSettings settings, boolean preset, Optional<String> bornWith) {
        return new AttributePlan(
                settings.vocabulary(),
                settings.markerWords(),
                Optional.empty(),
                Optional.empty(),
                preset,
                bornWith,
                settings.details(),
                List.of());
    }

    /** Returns whether there is a value to write, rather than at most a value to take off. */
    boolean hasValue() {
        return value().isPresent();
    }

    /** Returns whether the value reads like a plugin's mark of a click. */
    boolean writesMark() {
        return value().stream().anyMatch(markerWords::include);
    }

    /** Edits the attributes as planned: what is ours is replaced or taken off, what anybody besides us wrote stays. */
    EditResult apply(TaskAttributes attributes) {
        EditResult value = after(attributes, hangUpBy(attributes), this::destination);
        EditResult fields = after(attributes, value, this::details);
        EditResult all = pins(attributes, fields);
        // What is set apart is of use to the plugin only; for want of room it must not cost the value itself.
        return all instanceof EditResult.Invalid ? fields : all;
    }

    /** Returns whether there is room to set everything apart. */
    boolean canPin(TaskAttributes attributes) {
        return !pinned.isEmpty() && !(pins(attributes, new EditResult.Unchanged()) instanceof EditResult.Invalid);
    }

    private EditResult pins(TaskAttributes attributes, EditResult edit) {
        EditResult all = edit;
        for (Outcome outcome : pinned) {
            all = after(attributes, all, now -> pin(now, outcome));
        }
        return all;
    }

    private EditResult pin(TaskAttributes attributes, Outcome outcome) {
        String reservation = outcome.segment().reservation().value();
        EditResult value = value(outcome)
                .map(text -> attributes.set(text, FlexAttributes.pin(reservation, "hang_up_by")))
                .orElseGet(EditResult.Unchanged::new);
        return after(
                attributes,
                value,
                now -> destination(outcome)
                        .map(text -> now.set(text, FlexAttributes.pin(reservation, "destination")))
                        .orElseGet(EditResult.Unchanged::new));
    }

    /** Makes the next edit on top of an edit. */
    private static EditResult after(TaskAttributes before, EditResult edit, Function<TaskAttributes, EditResult> next) {
        return edit.match(
                edited -> next.apply(edited.attributes()).match(both -> both, unchanged -> edited, refused -> refused),
                unchanged -> next.apply(before),
                refused -> refused);
    }

    /** An outcome's value replaces any value, the preset only a value of ours or of nobody. */
    private EditResult hangUpBy(TaskAttributes attributes) {
        Optional<String> value = value();
        Optional<String> now = attributes.string(FlexAttributes.HANG_UP_BY).filter(text -> !text.isEmpty());
        boolean ours = now.equals(ours()) || holdsUsedUpClick(attributes);
        boolean isReplaceable = now.isEmpty() || ours || now.equals(bornWith);
        if (value.isPresent() && (due.isPresent() || isReplaceable)) {
            return attributes.set(value.get(), FlexAttributes.HANG_UP_BY);
        }
        return now.isPresent() && ours ? attributes.remove(FlexAttributes.HANG_UP_BY) : new EditResult.Unchanged();
    }

    private Optional<String> ours() {
        return fieldOwner.isPresent() ? fieldOwner.flatMap(this::value) : presetValue();
    }

    private Optional<String> value() {
        return due.isPresent() ? due.flatMap(this::value) : presetValue();
    }

    private Optional<String> presetValue() {
        return preset ? vocabulary.value(EndedBy.CUSTOMER) : Optional.empty();
    }

    /** An agent's click is not ours, but once that agent has completed it must not pass for the next agent's. */
    private boolean holdsUsedUpClick(TaskAttributes attributes) {
        Optional<Outcome> clicked = fieldOwner.filter(
                outcome -> outcome.marker().speaksFor(outcome.segment().reservation()));
        return clicked.filter(outcome -> outcome.write().status() != WriteResult.Status.WRITTEN)
                        .filter(outcome -> !isDue(outcome))
                        .filter(outcome -> outcome.marker().equals(markerWords.marker(attributes)))
                        .isPresent()
                && markerWords.areIn(attributes);
    }

    /**
     * Returns whether the plan writes over a bare mark of a click that is not ours and not used up: the mark of an agent whose
     * segment is not known to have ended yet.
     */
    boolean overwritesClick(TaskAttributes attributes) {
        Optional<String> now = attributes.string(FlexAttributes.HANG_UP_BY);
        return due.isPresent()
                && markerWords.areIn(attributes)
                && !now.equals(ours())
                && !now.equals(value())
                && !holdsUsedUpClick(attributes);
    }

    private boolean isDue(Outcome outcome) {
        return due.filter(own ->
                        own.segment().reservation().equals(outcome.segment().reservation()))
                .isPresent();
    }

    private EditResult destination(TaskAttributes attributes) {
        Optional<String> value = due.flatMap(this::destination);
        if (value.isPresent()) {
            return attributes.set(value.get(), FlexAttributes.DESTINATION);
        }
        Optional<String> ours = fieldOwner.flatMap(this::destination);
        return ours.isPresent() && attributes.string(FlexAttributes.DESTINATION).equals(ours)
                ? attributes.remove(FlexAttributes.DESTINATION)
                : new EditResult.Unchanged();
    }

    private EditResult details(TaskAttributes attributes) {
        TaskAttributes edited = details.edited(
                attributes,
                due.filter(outcome -> value(outcome).isPresent()),
                fieldOwner.filter(outcome -> value(outcome).isPresent()));
        return edited.equals(attributes) ? new EditResult.Unchanged() : new EditResult.Edited(edited);
    }

    private Optional<String> value(Outcome outcome) {
        return outcome.verdict().endedBy().flatMap(vocabulary::value);
    }

    /** Returns the destination, which goes with the value: if the value is switched off, nothing is written at all. */
    private Optional<String> destination(Outcome outcome) {
        return value(outcome).flatMap(value -> outcome.verdict().destination()).map(Address::value);
    }
}
