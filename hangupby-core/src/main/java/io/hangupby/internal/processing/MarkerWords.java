package io.hangupby.internal.processing;

import io.hangupby.call.Marker;
import io.hangupby.call.ReservationSid;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Vocabulary;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.TaskVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The texts in {@code conversations.hang_up_by} that read like a plugin's mark of a click, whoever wrote them. Immutable.
 *
 * @param words the texts, in lower case
 */
public record MarkerWords(Set<String> words) {
    private static final String[] MARKED_RESERVATION = {"hangupby", "agent_hangup", "reservation"};
    private static final String ALWAYS = "agent";

    /** Copies the set. */
    public MarkerWords {
        words = Set.copyOf(words);
    }

    /** Returns {@code agent}, the vocabulary's own word for an agent, and further words. */
    public static MarkerWords of(Vocabulary vocabulary, Collection<String> further) {
        Stream<String> own = Stream.concat(Stream.of(ALWAYS), vocabulary.value(EndedBy.AGENT).stream());
        return new MarkerWords(Stream.concat(own, further.stream())
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet()));
    }

    /** Returns whether a value reads like a mark of a click, in any case. */
    boolean include(String value) {
        return words.contains(value.strip().toLowerCase(Locale.ROOT));
    }

    /** Returns whether the field holds such a value. */
    boolean areIn(TaskAttributes task) {
        return task.string(FlexAttributes.HANG_UP_BY).stream().anyMatch(this::include);
    }

    /**
     * Returns when updates set a bare marker, oldest first. An update that leaves the attributes as they were sets it anew: nothing
     * besides a plugin writes what the task has.
     */
    List<Instant> timesSet(List<TaskVersion> updates) {
        List<Instant> times = new ArrayList<>();
        Optional<String> before = Optional.empty();
        for (TaskVersion update : inOrder(updates)) {
            boolean isMarked = isBare(update.attributes());
            boolean isSet =
                    before.filter(this::isBare).isEmpty() || before.stream().anyMatch(update.attributes()::equals);
            if (isMarked && isSet) {
                times.add(update.at());
            }
            before = Optional.of(update.attributes());
        }
        return times;
    }

    private boolean isBare(String attributes) {
        return marker(TaskAttributes.of(attributes)).isBare();
    }

    private static List<TaskVersion> inOrder(List<TaskVersion> updates) {
        return updates.stream()
                .sorted(Comparator.comparing(
                                (TaskVersion update) -> update.number().orElse(0L))
                        .thenComparing(TaskVersion::at))
                .toList();
    }

    /** Returns the marker. If the marker names its reservation, the field itself does not matter. */
    Marker marker(TaskAttributes task) {
        Optional<String> named = task.string(MARKED_RESERVATION);
        if (named.isPresent()) {
            return named.flatMap(ReservationSid::parse).map(Marker::of).orElse(Marker.NONE);
        }
        return areIn(task) ? Marker.BARE : Marker.NONE;
    }
}
