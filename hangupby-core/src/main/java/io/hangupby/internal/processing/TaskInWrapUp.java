package io.hangupby.internal.processing;

import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.TaskVersion;
import io.hangupby.internal.twilio.TaskSnapshot;
import java.time.Instant;
import java.util.Optional;

/**
 * What this node knows of a task with an agent in wrap-up. Immutable.
 *
 * @param newest the newest version that an event carried
 * @param own the version that our own last write made, unless an event has shown another since
 * @param floor the number of the lowest version that the task can have
 * @param offered the ETag of the event's version that was last offered for a write
 * @param watch what the attributes must still say, once there is a verdict
 */
record TaskInWrapUp(
        Optional<TaskVersion> newest,
        Optional<TaskSnapshot> own,
        Optional<Long> floor,
        Optional<String> offered,
        Optional<FieldWatch> watch) {
    static final TaskInWrapUp UNKNOWN =
            new TaskInWrapUp(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Takes in a version that an event carried, and compares it with the version that our own write made. */
    TaskInWrapUp received(TaskVersion version, EventVersionTrust trust) {
        Optional<Long> ownNumber = own.flatMap(ours -> ETags.number(ours.etag()));
        boolean isOwnText = own.stream().anyMatch(ours -> isSameText(version, ours));
        if (ownNumber.isPresent() && ownNumber.equals(version.number())) {
            trust.ownVersionReturned(isOwnText);
        }
        boolean isAboveOwn =
                ownNumber.stream().anyMatch(ours -> version.number().stream().anyMatch(number -> number > ours));
        boolean isOwnOrOlder = !isAboveOwn && (isOwnText || isOlder(version, trust));
        return new TaskInWrapUp(
                Optional.of(newest.map(known -> later(known, version)).orElse(version)),
                own.filter(ours -> isOwnOrOlder),
                floor,
                offered,
                watch);
    }

    /** Returns the later of two versions. Of one version, which several events carry, the first event says since when it exists. */
    private static TaskVersion later(TaskVersion known, TaskVersion version) {
        if (isLater(known, version)) {
            return known;
        }
        boolean isSame = version.number().isPresent() && version.number().equals(known.number());
        Instant since = isSame && known.at().isBefore(version.at()) ? known.at() : version.at();
        return new TaskVersion(version.task(), since, version.number(), version.attributes(), version.over());
    }

    private static boolean isLater(TaskVersion known, TaskVersion version) {
        return known.number()
                .flatMap(number -> version.number().map(other -> number > other))
                .orElseGet(() -> known.at().isAfter(version.at()));
    }

    /** Returns whether the task had this version already at a moment: nobody has written since, not even the same. */
    boolean isUnchangedSince(TaskSnapshot version, Instant moment, EventVersionTrust trust) {
        return trust.isNumberedLikeETags()
                && newest.filter(known -> !known.at().isAfter(moment)).flatMap(TaskVersion::number).stream()
                        .anyMatch(
                                number -> ETags.number(version.etag()).stream().anyMatch(number::equals));
    }

    /** Returns whether the task is known to have a later version, which the numbers show once they proved to be those of ETags. */
    boolean isOlder(TaskVersion version, EventVersionTrust trust) {
        return isOlder(version.number(), trust);
    }

    boolean isOlder(Optional<Long> version, EventVersionTrust trust) {
        return trust.isNumberedLikeETags()
                && floor.stream().anyMatch(lowest -> version.stream().anyMatch(number -> number < lowest));
    }

    TaskInWrapUp watchedFor(FieldWatch fields) {
        return new TaskInWrapUp(newest, own, floor, offered, Optional.of(fields));
    }

    /** Returns whether a version says what the attributes must say, or is older than what the task is known to say. */
    boolean isUnchanged(TaskVersion version, EventVersionTrust trust) {
        return isOlder(version, trust) || watch.stream().anyMatch(fields -> fields.isUnchanged(version));
    }

    /** Returns the version to judge and to write on without a read, if events are trusted. */
    Optional<TaskSnapshot> snapshot(EventVersionTrust trust) {
        return trust.isOn()
                ? own.or(
                        () -> newest.filter(version -> !isOlder(version, trust)).flatMap(TaskInWrapUp::snapshot))
                : Optional.empty();
    }

    private static Optional<TaskSnapshot> snapshot(TaskVersion version) {
        return version.number()
                .map(number ->
                        new TaskSnapshot(TaskAttributes.of(version.attributes()), ETags.of(number), version.over()));
    }

    TaskInWrapUp offering(String etag) {
        return new TaskInWrapUp(newest, own, floor, Optional.of(etag), watch);
    }

    /** Compares what the API shows with the newest event. A version that no event has shown yet says nothing about events. */
    TaskInWrapUp read(TaskSnapshot snapshot, EventVersionTrust trust) {
        Optional<Long> number = ETags.number(snapshot.etag());
        newest.filter(version -> version.number().isPresent()).ifPresent(version -> {
            if (version.number().equals(number)) {
                trust.compared(isSameText(version, snapshot));
            } else if (number.isEmpty() || number.get() < version.number().get()) {
                trust.compared(false);
            }
        });
        return new TaskInWrapUp(since(number, trust), Optional.empty(), number, Optional.empty(), watch);
    }

    /** Returns the newest event's version, if the task had it no earlier than the version that the API shows now. */
    private Optional<TaskVersion> since(Optional<Long> shown, EventVersionTrust trust) {
        return newest.filter(version -> trust.isNumberedLikeETags())
                .filter(version -> version.number().stream()
                        .anyMatch(number -> shown.stream().anyMatch(lowest -> number >= lowest)));
    }

    /** Takes in the version that our own write made. If the response did not name it, no version is known. */
    TaskInWrapUp wrote(String before, Optional<TaskSnapshot> now, EventVersionTrust trust) {
        if (offered.equals(Optional.of(before))) {
            trust.wrote(false);
        }
        Optional<Long> number = now.flatMap(made -> ETags.number(made.etag()));
        return new TaskInWrapUp(since(number, trust), now, number, Optional.empty(), watch);
    }

    /** Forgets the version on which a write failed. */
    TaskInWrapUp failed(String before, boolean conflict, EventVersionTrust trust) {
        if (conflict && offered.equals(Optional.of(before))) {
            trust.wrote(true);
        }
        Optional<Long> next = ETags.number(before).filter(number -> conflict).map(number -> number + 1);
        return new TaskInWrapUp(Optional.empty(), Optional.empty(), next.or(() -> floor), Optional.empty(), watch);
    }

    private static boolean isSameText(TaskVersion version, TaskSnapshot snapshot) {
        return version.attributes().equals(snapshot.attributes().text());
    }

    /** Returns how many characters this holds, at most. */
    int characters() {
        return newest.map(version -> version.attributes().length()).orElse(0)
                + own.map(ours -> ours.attributes().text().length()).orElse(0);
    }
}
