package io.hangupby.simulator;

import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.InsightsSnapshot;
import io.hangupby.simulator.account.LegDeparture;
import io.hangupby.simulator.account.Party;
import io.hangupby.simulator.events.ConferenceStatusEvent;
import io.hangupby.simulator.events.EventDelivery;
import io.hangupby.simulator.events.WorkspaceEvent;
import io.hangupby.simulator.internal.account.ConferenceLeg;
import io.hangupby.simulator.internal.account.PhoneCall;
import io.hangupby.simulator.internal.account.ReservationState;
import io.hangupby.simulator.internal.account.ReservationState.Status;
import io.hangupby.simulator.internal.account.SimulatedConference;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** What a test can read of a simulated call: its SIDs, its events, and the expected outcomes. Thread-safe. */
abstract sealed class CallResults permits MultiPartyCall {

    private final CallState state;
    private final SimulatedTask task;
    private final CallEvents events;

    CallResults(CallState state, EventDelivery delivery, SimulatedTask task) {
        this.state = state;
        this.task = task;
        this.events = new CallEvents(state, delivery);
    }

    final CallState state() {
        return state;
    }

    /** Returns the task's SID. */
    public String taskSid() {
        return state.task().sid();
    }

    /** Returns the conference's SID, once an agent has accepted. */
    public Optional<String> conferenceSid() {
        return state.read(() -> state.conference().map(SimulatedConference::sid));
    }

    /** Returns the SID of the customer's call, if there is a customer. */
    public Optional<String> customerCallSid() {
        return state.read(() -> state.customer().map(PhoneCall::sid));
    }

    /** Returns the SID of the agent's latest reservation of the task. */
    public String reservationSid(Agent agent) {
        return state.read(() -> state.task()
                .reservation(agent)
                .map(ReservationState::sid)
                .orElseThrow(() -> new NoSuchElementException(agent.name() + " has no reservation")));
    }

    /** Returns the agent whose reservation this is. */
    public Agent agent(String reservationSid) {
        return state.read(() -> state.task()
                .reservation(reservationSid)
                .map(ReservationState::agent)
                .orElseThrow(() -> new NoSuchElementException("There is no reservation " + reservationSid)));
    }

    /** Returns the reservations whose segments have ended, in the order in which they were accepted. */
    public List<String> endedSegments() {
        return state.read(() -> state.task().reservations().stream()
                .filter(reservation -> reservation.is(Status.WRAPPING) || reservation.is(Status.COMPLETED))
                .map(ReservationState::sid)
                .toList());
    }

    /** Returns whether there is a conference that has not ended. */
    public boolean conferenceGoesOn() {
        return state.read(() ->
                state.conference().filter(conference -> !conference.hasEnded()).isPresent());
    }

    /** Returns whether a party of this kind is connected to the conference. */
    public boolean has(Party.Kind kind) {
        return state.read(() ->
                state.conference().filter(conference -> conference.has(kind)).isPresent());
    }

    /** Returns whether the phone of a party of this kind still rings. */
    public boolean rings(Party.Kind kind) {
        return state.read(() -> state.conference()
                .flatMap(conference -> conference.leg(kind))
                .filter(leg -> !leg.isConnected())
                .isPresent());
    }

    /** Returns whether the customer is on hold. */
    public boolean customerOnHold() {
        return state.read(() -> state.conference()
                .flatMap(conference -> conference.leg(Party.Kind.CUSTOMER))
                .filter(ConferenceLeg::isOnHold)
                .isPresent());
    }

    /** Returns whether a supervisor talks with everybody. */
    public boolean supervisorTalks() {
        return state.read(() -> state.conference()
                .flatMap(conference -> conference.leg(Party.Kind.SUPERVISOR))
                .filter(ConferenceLeg::talks)
                .isPresent());
    }

    /** Returns whether an agent consults another by a transfer that can still be cancelled. */
    public boolean consults(Agent agent) {
        return state.read(() -> state.transfers().stream()
                .anyMatch(transfer -> transfer.isUnderWay()
                        && transfer.target().isPresent()
                        && transfer.initiator().agent().equals(agent)));
    }

    /** Returns the agents who have the call, in the order in which they accepted. */
    public List<Agent> agentsInCall() {
        return state.read(() -> state.task().reservations(Status.ACCEPTED).stream()
                .map(ReservationState::agent)
                .toList());
    }

    /** Returns the options of the call. */
    public CallOptions options() {
        return state.options();
    }

    /** Returns the task, as Twilio has it. */
    public SimulatedTask task() {
        return task;
    }

    /** Returns how each segment really ended, by the SID of its reservation. Segments that have not ended are not included. */
    public Map<String, ExpectedOutcome> expectedOutcomes() {
        return state.read(() -> state.expectedOutcomes().outcomes());
    }

    /** Returns how the queue segment ended, if the customer gave up waiting. */
    public Optional<ExpectedOutcome> expectedQueueOutcome() {
        return state.read(() -> state.expectedOutcomes().queueOutcome());
    }

    /** Returns the attributes at the moment when the task was cancelled. */
    public Optional<InsightsSnapshot> queueSnapshot() {
        return state.read(() -> state.expectedOutcomes().queueSnapshot());
    }

    /** Returns the attributes that Flex Insights copied when the reservation completed; empty before. */
    public Optional<InsightsSnapshot> snapshot(String reservationSid) {
        return state.read(() -> state.task().reservation(reservationSid).flatMap(ReservationState::snapshot));
    }

    /** Returns {@code conversations.hang_up_by} as Flex Insights copied it when the reservation completed. */
    public Optional<String> hangUpByAtCompletion(String reservationSid) {
        return snapshot(reservationSid).flatMap(InsightsSnapshot::hangUpBy);
    }

    /**
     * Returns whether the reservation completed while an agent who had left earlier was still in after-call work. Then the
     * task, which has one value at a time, had that agent's value.
     */
    public boolean completedOutOfTurn(String reservationSid) {
        return state.read(() -> state.task()
                .reservation(reservationSid)
                .filter(ReservationState::completedOutOfTurn)
                .isPresent());
    }

    /** Returns the time from the reservation's wrap-up to the write of the expected value, if there is such a write. */
    public Optional<Duration> timeToValue(String reservationSid) {
        return state.read(
                () -> state.task().reservation(reservationSid).flatMap(state.expectedOutcomes()::timeToValue));
    }

    /** Returns the departures of legs from the conference so far, in order. */
    public List<LegDeparture> departures() {
        return state.read(
                () -> state.conference().map(SimulatedConference::departures).orElse(List.of()));
    }

    /** Returns the workspace's events about the task so far, oldest first. */
    public List<WorkspaceEvent> events() {
        return events.events();
    }

    /** Returns the conference's status callback events so far, oldest first, whether or not a callback is set. */
    public List<ConferenceStatusEvent> conferenceEvents() {
        return events.conferenceEvents();
    }

    /** Returns what Voice Insights says of the calls that have ended, half an hour after each. */
    public VoiceReports voiceReports() {
        return state.account()
                .inOneMoment(moment -> new VoiceReports(
                        state.workspace().accountSid(),
                        taskSid(),
                        moment.calls().stream()
                                .filter(call ->
                                        state.account().ownerOf(call.sid()).equals(Optional.of(taskSid())))
                                .map(PhoneCall::now)
                                .toList()));
    }

    /** Returns the agents who are in after-call work, in the order in which they left. */
    public List<Agent> agentsInWrapUp() {
        return state.read(() -> state.task().reservations(Status.WRAPPING).stream()
                .sorted(Comparator.comparing(reservation -> reservation.wrapUp().orElse(Instant.MAX)))
                .map(ReservationState::agent)
                .toList());
    }

    /** Posts an event of the agent's reservation with a wrong signature; returns the HTTP status. */
    public int forges(String eventType, Agent agent) {
        return events.forge(eventType, agent);
    }

    /** Posts the latest conference status callback of a type with a wrong signature; returns the HTTP status. */
    public int forgesConference(String eventType) {
        return events.forgeConference(eventType);
    }
}
