package io.hangupby.internal.engine;

import io.hangupby.attributes.Edit;
import io.hangupby.attributes.TaskAttributes;
import io.hangupby.attributes.Vocabulary;
import io.hangupby.call.Address;
import io.hangupby.decision.Verdict;
import java.util.Optional;

/**
 * What is to stand in the fields of Flex Insights that are ours.
 *
 * @param due the verdict that is to stand there, if one is
 * @param standing the verdict that we last put or found there, which goes if nothing takes its place
 */
record FieldPlan(Optional<Verdict> due, Optional<Verdict> standing) {

    /** Says whether there is a value to write, rather than at most one to take off. */
    boolean hasValue() {
        return due.flatMap(FieldPlan::value).isPresent();
    }

    /** Brings the attributes to what is planned, and changes nothing else. */
    Edit apply(TaskAttributes attributes) {
        return put(
                        attributes,
                        due.flatMap(FieldPlan::value),
                        standing.flatMap(FieldPlan::value),
                        TaskReading.HANG_UP_BY)
                .match(
                        edited -> destination(edited.attributes())
                                .match(both -> both, unchanged -> edited, refused -> refused),
                        unchanged -> destination(attributes),
                        refused -> refused);
    }

    private Edit destination(TaskAttributes attributes) {
        return put(
                attributes,
                due.flatMap(Verdict::destination).map(Address::value),
                standing.flatMap(Verdict::destination).map(Address::value),
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

    private static Optional<String> value(Verdict verdict) {
        return verdict.endedBy().flatMap(Vocabulary::value);
    }
}
