package io.hangupby.internal.engine;

import io.hangupby.attributes.Edit;
import io.hangupby.attributes.TaskAttributes;
import io.hangupby.attributes.Vocabulary;
import io.hangupby.call.Address;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.WriteResult;
import java.util.Optional;

/**
 * What is to stand in the fields of Flex Insights that are ours.
 *
 * @param vocabulary what answers are called there
 * @param due the outcome whose value is to stand there, if one is
 * @param standing the outcome whose value we last put or found there, which goes if nothing takes its place
 */
record FieldPlan(Vocabulary vocabulary, Optional<Outcome> due, Optional<Outcome> standing) {

    /** Says whether there is a value to write, rather than at most one to take off. */
    boolean hasValue() {
        return due.flatMap(this::value).isPresent();
    }

    /** Says whether the value reads like a plugin's mark of a click. */
    boolean writesMark() {
        return due.flatMap(this::value).filter(TaskReading::isMark).isPresent();
    }

    /** Brings the attributes to what is planned, and changes nothing else. */
    Edit apply(TaskAttributes attributes) {
        return hangUpBy(attributes)
                .match(
                        edited -> destination(edited.attributes())
                                .match(both -> both, unchanged -> edited, refused -> refused),
                        unchanged -> destination(attributes),
                        refused -> refused);
    }

    private Edit hangUpBy(TaskAttributes attributes) {
        return !hasValue() && holdsUsedUpClick(attributes)
                ? attributes.remove(TaskReading.HANG_UP_BY)
                : put(attributes, due.flatMap(this::value), standing.flatMap(this::value), TaskReading.HANG_UP_BY);
    }

    /** An agent's click is not ours, but once that agent is done with it must not pass for the next one's. */
    private boolean holdsUsedUpClick(TaskAttributes attributes) {
        Optional<Outcome> clicked = standing.filter(
                outcome -> outcome.marker().speaksFor(outcome.segment().reservation()));
        return clicked.filter(outcome -> outcome.write().status() != WriteResult.Status.WRITTEN)
                        .filter(outcome -> !isDue(outcome))
                        .filter(outcome -> outcome.marker().equals(TaskReading.marker(attributes)))
                        .isPresent()
                && attributes
                        .string(TaskReading.HANG_UP_BY)
                        .filter(TaskReading::isMark)
                        .isPresent();
    }

    private boolean isDue(Outcome outcome) {
        return due.filter(own ->
                        own.segment().reservation().equals(outcome.segment().reservation()))
                .isPresent();
    }

    private Edit destination(TaskAttributes attributes) {
        return put(
                attributes,
                due.flatMap(this::destination),
                standing.flatMap(this::destination),
                TaskReading.DESTINATION);
    }

    /** What is ours goes, what somebody else wrote stays. */
    private static Edit put(TaskAttributes attributes, Optional<String> value, Optional<String> ours, String... path) {
        if (value.isPresent()) {
            return attributes.set(value.get(), path);
        }
        return ours.isPresent() && attributes.string(path).equals(ours)
                ? attributes.remove(path)
                : new Edit.Unchanged();
    }

    private Optional<String> value(Outcome outcome) {
        return outcome.verdict().endedBy().flatMap(vocabulary::value);
    }

    /** It goes with the value: where that is switched off, nothing is written at all. */
    private Optional<String> destination(Outcome outcome) {
        return value(outcome).flatMap(value -> outcome.verdict().destination()).map(Address::value);
    }
}
