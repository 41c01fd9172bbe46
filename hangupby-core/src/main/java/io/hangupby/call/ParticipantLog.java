package io.hangupby.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who joined, changed and left in one conference, in order, from its status callbacks. The log is about the moment of
 * its latest callback; {@link #upTo(Instant)}, {@link #upTo(ParticipantLeft)} and {@link #before} return the log of an
 * earlier moment. So the same methods say who was present then, and who was talking or on hold.
 *
 * <p>Callbacks have whole seconds. Where it matters, use the log before or after a leave, which goes by sequence
 * numbers, and not the log of a moment. The log is empty unless Twilio sends conference status callbacks. Immutable and
 * thread-safe.
 */
public final class ParticipantLog {
    /** A leg that left longer than this before or after an agent's wrap-up was not that agent's. */
    private static final Duration NEAR = Duration.ofSeconds(3);

    /** The log of a conference without status callbacks. */
    public static final ParticipantLog NONE = builder().build();

    private final Optional<CallSid> customer;
    private final List<ParticipantChange> changes;
    private final List<ParticipantLeft> departures;
    private final SortedSet<Integer> otherNumbers;
    private final Optional<End> end;

    /** What one segment's rules ask again and again. Two threads may both compute it, and get the same. */
    private @Nullable LogSummary summary;

    private @Nullable ParticipantLog latestPrefix;
    private @Nullable Near latestNear;

    ParticipantLog(
            Optional<CallSid> customer,
            List<ParticipantChange> changes,
            List<ParticipantLeft> departures,
            Set<Integer> otherNumbers,
            Optional<End> end) {
        this.customer = customer;
        this.changes = changes.stream()
                .sorted(Comparator.comparingInt(ParticipantChange::order))
                .toList();
        this.departures = departures.stream()
                .sorted(Comparator.comparingInt(ParticipantLeft::order))
                .toList();
        this.otherNumbers = new TreeSet<>(otherNumbers);
        this.end = end;
    }

    private LogSummary summary() {
        LogSummary known = summary;
        if (known == null) {
            known = LogSummary.of(this);
            summary = known;
        }
        return known;
    }

    /** Returns a builder of an empty log. */
    public static ParticipantLogBuilder builder() {
        return new ParticipantLogBuilder();
    }

    /** Returns the customer's leg, as TaskRouter names it in the callbacks. */
    public Optional<CallSid> customer() {
        return customer;
    }

    /** Returns every join and every other change of a leg, in order. */
    public List<ParticipantChange> changes() {
        return changes;
    }

    /** Returns every leave in order, including leaves of legs that joined again. */
    public List<ParticipantLeft> departures() {
        return departures;
    }

    /** Returns the sequence numbers of the callbacks that are about no leg, except the end's. */
    public Set<Integer> otherNumbers() {
        return Set.copyOf(otherNumbers);
    }

    /** Returns when the conference ended, in whole seconds, if a callback said so. */
    public Optional<Instant> ended() {
        return end.map(End::at);
    }

    /** Returns why the conference ended, if the callback of its end says. */
    public Optional<Conference.EndReason> endReason() {
        return end.flatMap(End::reason);
    }

    /** Returns the leg whose leaving or removal ended the conference, if the callback of its end says. */
    public Optional<CallSid> endingLeg() {
        return end.flatMap(End::leg);
    }

    /** Returns the sequence number of the callback of the conference's end, if it came. */
    public Optional<Integer> endNumber() {
        return end.map(End::order);
    }

    /** Returns whether status callbacks are sent for this conference. */
    public boolean isAvailable() {
        return !changes.isEmpty() || !departures.isEmpty();
    }

    /**
     * Returns whether this log shows everything up to its latest callback: no sequence number is missing, and each leg
     * that changed or left had joined. A whole log can still lack callbacks that come after its latest.
     */
    public boolean isWhole() {
        return summary().isWhole();
    }

    SortedSet<Integer> numbers() {
        SortedSet<Integer> numbers = new TreeSet<>(otherNumbers);
        changes.forEach(change -> numbers.add(change.order()));
        departures.forEach(left -> numbers.add(left.order()));
        end.ifPresent(over -> numbers.add(over.order()));
        return numbers;
    }

    /**
     * Returns the log of a moment, with all callbacks of that second. The end of the conference is included if it was not
     * later.
     */
    public ParticipantLog upTo(Instant moment) {
        int later = Stream.concat(
                        changes.stream()
                                .filter(change -> change.at().isAfter(moment))
                                .map(ParticipantChange::order),
                        departures.stream()
                                .filter(left -> left.at().isAfter(moment))
                                .map(ParticipantLeft::order))
                .min(Comparator.naturalOrder())
                .orElse(Integer.MAX_VALUE);
        return only(order -> order < later, end.filter(over -> !over.at().isAfter(moment)));
    }

    /** Returns the log up to a leave: the leg is no longer present. */
    public ParticipantLog upTo(ParticipantLeft left) {
        ParticipantLog known = latestPrefix;
        if (known == null || known.lastOrder() != left.order()) {
            known = only(order -> order <= left.order(), Optional.empty());
            latestPrefix = known;
        }
        return known;
    }

    private int lastOrder() {
        return departures.isEmpty()
                ? Integer.MIN_VALUE
                : departures.get(departures.size() - 1).order();
    }

    /** Returns the log before a leave: the leg is still present. */
    public ParticipantLog before(ParticipantLeft left) {
        return only(order -> order < left.order(), Optional.empty());
    }

    private ParticipantLog only(IntPredicate orders, Optional<End> over) {
        return new ParticipantLog(
                customer,
                changes.stream().filter(change -> orders.test(change.order())).toList(),
                departures.stream().filter(left -> orders.test(left.order())).toList(),
                new HashSet<>(otherNumbers.stream().filter(orders::test).toList()),
                over.filter(it -> orders.test(it.order())));
    }

    /**
     * Returns the conference as it ended: what the callback of its end says or, if the log is whole and everybody has left,
     * what the leaves say.
     */
    public Optional<Conference> endedConference(ConferenceSid sid) {
        boolean isKnown = end.isPresent() || !isWhole() || !participants().isEmpty();
        return (isKnown ? end : endByLeaves())
                .map(how -> new Conference(sid, true, how.reason(), how.leg(), Optional.of(how.at())));
    }

    /** When a conference ends by a leave, the remaining legs leave with a reason that says so. */
    private Optional<End> endByLeaves() {
        ParticipantLeft last = departures.get(departures.size() - 1);
        if (last.is(ParticipantLeft.Reason.CONFERENCE_ENDED_VIA_API)) {
            return Optional.of(last.end(Optional.of(Conference.EndReason.CONFERENCE_ENDED_VIA_API), Optional.empty()));
        }
        Conference.EndReason how = last.isConsequenceOfEnd()
                ? Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT
                : Conference.EndReason.LAST_PARTICIPANT_LEFT;
        return departures.stream()
                .filter(left -> !left.isConsequenceOfEnd())
                .reduce((earlier, later) -> later)
                .filter(ended -> ended.is(ParticipantLeft.Reason.PARTICIPANT_HUNG_UP))
                .map(ended -> last.end(Optional.of(how), Optional.of(ended.leg())));
    }

    /**
     * Returns whether further leaves may follow at once: the latest callback is the leave of a leg that ends the conference,
     * or may, and others are still present.
     */
    public boolean isClosing() {
        return end.isEmpty()
                && !participants().isEmpty()
                && departures.stream()
                        .filter(left -> left.order() == numbers().last())
                        .anyMatch(left -> left.isConsequenceOfEnd() || left.mayEndConference());
    }

    /** Returns the legs that are present, in the order in which they joined. */
    public List<Participant> participants() {
        return summary().participants();
    }

    /** Returns whether the leg is present: it joined, and has not left since. */
    public boolean isPresent(CallSid leg) {
        return latest(leg).isPresent();
    }

    /** Returns whether the leg is present and can speak to everybody: neither muted nor coaching. */
    public boolean isTalking(CallSid leg) {
        return latest(leg).stream().anyMatch(ParticipantChange::talking);
    }

    /** Returns whether the leg is present and on hold. */
    public boolean isOnHold(CallSid leg) {
        return latest(leg).stream().anyMatch(ParticipantChange::onHold);
    }

    /** Returns whether the leg is present and coaches an agent. */
    public boolean isCoaching(CallSid leg) {
        return latest(leg).stream().anyMatch(ParticipantChange::coaching);
    }

    /** Returns the leg's latest change, if the leg is present. */
    private Optional<ParticipantChange> latest(CallSid leg) {
        return Optional.ofNullable(summary().present().get(leg));
    }

    /** Returns whether the leg joined the conference. */
    public boolean hasJoined(CallSid leg) {
        return changes.stream().anyMatch(change -> change.leg().equals(leg));
    }

    /** Returns every leg that left and did not join again, in the order of leaving. */
    public List<ParticipantLeft> leaves() {
        return summary().leaves();
    }

    /** Returns when and why the leg left, if a callback said so and the leg did not join again. */
    public Optional<ParticipantLeft> leave(CallSid leg) {
        return Optional.ofNullable(summary().left().get(leg));
    }

    /** Returns the legs that left near a moment. Any of them can be the leg of an agent who left at that moment. */
    public List<ParticipantLeft> leavesNear(Instant moment) {
        Near known = latestNear;
        if (known == null || !known.moment().equals(moment)) {
            known = new Near(
                    moment,
                    leaves().stream()
                            .filter(left ->
                                    Duration.between(left.at(), moment).abs().compareTo(NEAR) <= 0)
                            .toList());
            latestNear = known;
        }
        return known.leaves();
    }

    private record Near(Instant moment, List<ParticipantLeft> leaves) {}

    /** Returns the legs that could speak to everybody when this leg left, without this leg. */
    public List<CallSid> talkingWhenLeft(ParticipantLeft left) {
        return upTo(left).participants().stream()
                .filter(Participant::talking)
                .map(Participant::call)
                .toList();
    }

    /**
     * Returns the legs that may have been ringing when this leg left: each joined, or failed to join, for the first time
     * after that.
     */
    public List<CallSid> ringingWhenLeft(ParticipantLeft left) {
        ParticipantLog then = upTo(left);
        return Stream.concat(
                        changes.stream()
                                .filter(change -> change.order() > left.order())
                                .map(ParticipantChange::leg),
                        departures.stream().filter(left::isBefore).map(ParticipantLeft::leg))
                .distinct()
                .filter(leg -> !then.hasJoined(leg))
                .toList();
    }

    /**
     * Returns whether the log has the leave of an agent who left at this moment and, once the conference is over, the
     * customer's leave. A log that is not available is complete.
     */
    public boolean isComplete(Instant agentLeft, boolean over) {
        boolean customerIsMissing =
                over && customer.stream().anyMatch(leg -> leave(leg).isEmpty());
        boolean agentIsMissing = leavesNear(agentLeft).stream()
                .allMatch(left -> customer.stream().anyMatch(left.leg()::equals));
        return !isAvailable() || (!agentIsMissing && !customerIsMissing);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ParticipantLog log
                && customer.equals(log.customer)
                && changes.equals(log.changes)
                && departures.equals(log.departures)
                && otherNumbers.equals(log.otherNumbers)
                && end.equals(log.end);
    }

    @Override
    public int hashCode() {
        return Objects.hash(customer, changes, departures, otherNumbers, end);
    }

    @Override
    public String toString() {
        return "ParticipantLog" + changes + departures + otherNumbers + end;
    }

    /**
     * How a conference ended.
     *
     * @param order the callback's sequence number in the conference; lower is earlier
     * @param at when the conference ended, in whole seconds
     * @param reason why the conference ended, if Twilio says
     * @param leg the leg whose leaving or removal ended the conference, if Twilio says
     */
    record End(int order, Instant at, Optional<Conference.EndReason> reason, Optional<CallSid> leg) {}
}
