package io.hangupby.simulator;

import io.hangupby.simulator.ExpectedOutcome.Cause;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.InsightsSnapshot;
import io.hangupby.simulator.account.TaskWrite;
import io.hangupby.simulator.internal.account.AccountState;
import io.hangupby.simulator.internal.account.PhoneCall;
import io.hangupby.simulator.internal.account.ReservationState;
import io.hangupby.simulator.internal.account.ReservationState.Status;
import io.hangupby.simulator.internal.text.InPlaceJson;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Records from the steps of a call how each segment really ended. The first cause that ends a segment counts. Guarded by
 * the account's lock.
 */
final class ExpectedOutcomes {

    private final CallState state;
    private final Map<String, ExpectedOutcome> outcomes = new LinkedHashMap<>();
    private Optional<ExpectedOutcome> queueOutcome = Optional.empty();
    private Optional<InsightsSnapshot> queueSnapshot = Optional.empty();

    ExpectedOutcomes(CallState state) {
        this.state = state;
    }

    Map<String, ExpectedOutcome> outcomes() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
    }

    /** Returns the time from the reservation's wrap-up to the write of the expected value, if there is such a write. */
    Optional<Duration> timeToValue(ReservationState reservation) {
        Optional<String> expected =
                Optional.ofNullable(outcomes.get(reservation.sid())).flatMap(ExpectedOutcome::hangUpBy);
        return reservation
                .wrapUp()
                .flatMap(from -> state.task().writes().stream()
                        .filter(write -> write.applied() && expected.isPresent())
                        .filter(write -> InPlaceJson.readText(write.after(), "conversations", "hang_up_by")
                                .equals(expected))
                        .map(TaskWrite::at)
                        .filter(at -> !at.isBefore(from))
                        .findFirst()
                        .map(at -> Duration.between(from, at)));
    }

    Optional<ExpectedOutcome> queueOutcome() {
        return queueOutcome;
    }

    Optional<InsightsSnapshot> queueSnapshot() {
        return queueSnapshot;
    }

    /** Records that the cause ended the segment of every agent who has the call. */
    void ended(Cause cause) {
        ended(cause, Optional.empty(), any -> true);
    }

    /** Records that the cause ended the segment of one agent. An internal call has one segment for both agents. */
    void ended(Cause cause, Agent agent) {
        ended(cause, Optional.empty(), by(agent));
    }

    void ended(Cause cause, Optional<String> destination, Predicate<ReservationState> whose) {
        talking(whose)
                .forEach(reservation -> outcomes.putIfAbsent(reservation.sid(), of(actually(cause), destination)));
    }

    /** Records that the customer left while others stay: the API will show only how those ended the conference. */
    void needsDepartureOrder() {
        talking(any -> true)
                .forEach(reservation -> outcomes.computeIfPresent(
                        reservation.sid(), (sid, outcome) -> outcome.needingDepartureOrder()));
    }

    private List<ReservationState> talking(Predicate<ReservationState> whose) {
        return state.task().reservations(Status.ACCEPTED).stream().filter(whose).toList();
    }

    Predicate<ReservationState> by(Agent agent) {
        return reservation ->
                state.kind() == CallState.Kind.INTERNAL || reservation.agent().equals(agent);
    }

    /** The customer gave up waiting. */
    void abandoned(AccountState.Moment moment) {
        queueOutcome = Optional.of(of(Cause.ABANDONED, Optional.empty()));
        queueSnapshot =
                Optional.of(InsightsSnapshot.of(moment.at(), state.task().attributes()));
    }

    /** Returns the cause that counts if there is no customer, or not yet. Call it before the state changes. */
    Cause actually(Cause cause) {
        if (state.kind() == CallState.Kind.INTERNAL || state.kind() == CallState.Kind.VOICEMAIL) {
            return Cause.NO_CUSTOMER;
        }
        Cause meant = state.options().pluginInstalled() ? cause : cause.withoutPlugin();
        boolean dialling = state.customer()
                .filter(call -> call.status() == PhoneCall.Status.RINGING)
                .isPresent();
        if (!dialling) {
            return meant;
        }
        return cause == Cause.AGENT_CLICKED || cause == Cause.AGENT_CANCELLED_DIAL
                ? Cause.AGENT_CANCELLED_DIAL
                : Cause.NEVER_CONNECTED;
    }

    private ExpectedOutcome of(Cause cause, Optional<String> destination) {
        CallOptions options = state.options();
        Cause seen = options.pluginInstalled() ? cause : cause.withoutPlugin();
        boolean silent = options.evidenceHidden() || (options.dequeued() && seen.isOfCustomer());
        boolean known = options.takesValue() && (seen.isHandOver() || !silent);
        return new ExpectedOutcome(
                cause, known ? seen.hangUpBy() : Optional.empty(), known ? destination : Optional.empty(), false);
    }
}
