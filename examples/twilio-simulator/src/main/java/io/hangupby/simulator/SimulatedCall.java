package io.hangupby.simulator;

import io.hangupby.simulator.Ending.Act;
import io.hangupby.simulator.ReservationState.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A call that is played step by step. Each step changes what the API shows in one moment and then sends the events that
 * TaskRouter and the conference would; the call remembers from what the parties did how each segment really ended.
 * Thread-safe, though the steps of one call make sense only in an order.
 */
public final class SimulatedCall {

    private final Scene scene;
    private final TaskState task;
    private final Delivery delivery;
    private final ToldEvents told;
    private final Arrivals arrivals;
    private final Departures departures;
    private final Transfers transfers;
    private final OutsideParties outside;
    private final Supervision supervision;
    private final PluginWrites plugin;

    SimulatedCall(Scene scene, Delivery delivery) {
        this.scene = scene;
        this.task = scene.task();
        this.delivery = delivery;
        this.told = new ToldEvents(scene, delivery);
        this.arrivals = new Arrivals(scene);
        this.departures = new Departures(scene);
        this.transfers = new Transfers(scene);
        this.outside = new OutsideParties(scene, departures);
        this.supervision = new Supervision(scene, departures);
        this.plugin = new PluginWrites(scene);
    }

    private SimulatedCall then(Runnable step) {
        step.run();
        return this;
    }

    // ---- how it begins

    /** The task comes into being, and with it the call of a customer who is already on the line. */
    SimulatedCall begins(Optional<PhoneCall> caller) {
        return then(() -> arrivals.begins(caller));
    }

    /** The task is put into a queue. May be left out. */
    public SimulatedCall waitsInQueue() {
        return then(() -> arrivals.waitsInQueue());
    }

    /** The task is offered to an agent, be it at first or in a transfer. */
    public SimulatedCall rings(Agent agent) {
        return then(() -> arrivals.rings(agent));
    }

    /**
     * The agent takes the call, having been offered it if need be: a conference begins, or is joined in a transfer.
     */
    public SimulatedCall accepts(Agent agent) {
        return then(() -> arrivals.accepts(agent));
    }

    /** The agent refuses the call: the task waits again, or the transfer fails. */
    public SimulatedCall declines(Agent agent) {
        return then(() -> arrivals.refuses(agent, Status.REJECTED));
    }

    /** The agent lets the call ring: the task waits again, or the transfer fails. */
    public SimulatedCall doesNotAnswer(Agent agent) {
        return then(() -> arrivals.refuses(agent, Status.TIMEOUT));
    }

    // ---- dialling out

    /** Flex dials the customer for an agent who sits in the conference already. */
    SimulatedCall dials(Agent agent, String number) {
        return then(() -> arrivals.dials(agent, number));
    }

    /** Flex dials a colleague, who answers; there is no customer. */
    SimulatedCall dialsColleague(Agent agent, Agent colleague) {
        return then(() -> arrivals.dialsColleague(agent, colleague));
    }

    /** The dialled customer answers. */
    public SimulatedCall customerAnswers() {
        return then(() -> arrivals.customerAnswers());
    }

    /** The dialled customer is busy; Flex takes the agent's leg down. */
    public SimulatedCall customerBusy() {
        return then(() -> departures.customerIsNotReached(PhoneCall.Status.BUSY));
    }

    /** The dialled customer does not answer; Flex takes the agent's leg down. */
    public SimulatedCall customerNoAnswer() {
        return then(() -> departures.customerIsNotReached(PhoneCall.Status.NO_ANSWER));
    }

    /** The call to the customer cannot be put through; Flex takes the agent's leg down. */
    public SimulatedCall callFails() {
        return then(() -> departures.customerIsNotReached(PhoneCall.Status.FAILED));
    }

    /** The agent gives up before the customer answers, and the plugin leaves its marker. */
    public SimulatedCall agentCancelsDial(Agent agent) {
        return agentCancelsDial(agent, Marker.NAMED);
    }

    /** The agent gives up before the customer answers. */
    public SimulatedCall agentCancelsDial(Agent agent, Marker marker) {
        return marked(agent, marker).then(() -> departures.agentCancelsDial(agent));
    }

    // ---- the customer

    /** The customer hangs up. */
    public SimulatedCall customerHangsUp() {
        return then(() -> departures.customerLeaves(Act.CUSTOMER_HUNG_UP));
    }

    /** The customer's mobile loses its signal and the leg ends. */
    public SimulatedCall customerLosesSignal() {
        return then(() -> departures.customerLeaves(Act.CUSTOMER_LOST_SIGNAL));
    }

    /** The customer gives up in the queue, or while an agent's phone rings: at first, or in a transfer. */
    public SimulatedCall customerGivesUp() {
        return then(() -> departures.customerGivesUp());
    }

    /** The customer is put on hold. */
    public SimulatedCall hold() {
        return then(() -> hold(true));
    }

    /** The customer is taken off hold. */
    public SimulatedCall unhold() {
        return then(() -> hold(false));
    }

    /**
     * A program moves the customer on, to a survey or a flow: the conference ends, the customer's call goes on.
     */
    public SimulatedCall customerMovedOn() {
        return then(() -> departures.customerIsMovedOn(Act.PROGRAM_MOVED_CUSTOMER));
    }

    /** The agent clicks, and the customer is moved on to a survey. */
    public SimulatedCall customerMovedOn(Agent clicker, Marker marker) {
        return marked(clicker, marker).then(() -> departures.customerIsMovedOn(Act.AGENT_SENT_CUSTOMER_ON));
    }

    /** A customer who was moved on hangs up at last: the call ends, long after the conference. */
    public SimulatedCall movedCustomerHangsUp() {
        return then(() -> departures.movedCustomerHangsUp());
    }

    // ---- the agent

    /** The agent clicks Hang up, and the plugin leaves its full marker. */
    public SimulatedCall agentClicksHangUp(Agent agent) {
        return agentClicksHangUp(agent, Marker.NAMED);
    }

    /** The agent clicks Hang up. The plugin writes first, then the leg goes. */
    public SimulatedCall agentClicksHangUp(Agent agent, Marker marker) {
        return marked(agent, marker).then(() -> departures.agentLeaves(agent, Act.AGENT_CLICKED));
    }

    /** The agent's page is refreshed; the leg goes, and nothing is marked. */
    public SimulatedCall agentRefreshes(Agent agent) {
        return then(() -> departures.agentLeaves(agent, Act.AGENT_REFRESHED));
    }

    /** The agent's browser, computer or network fails; the leg goes, and nothing is marked. */
    public SimulatedCall agentCrashes(Agent agent) {
        return then(() -> departures.agentLeaves(agent, Act.AGENT_CRASHED));
    }

    /** The agent puts down the handset of a desk phone; nothing is marked. */
    public SimulatedCall agentPutsDownHandset(Agent agent) {
        return then(() -> departures.agentLeaves(agent, Act.AGENT_PUT_DOWN_HANDSET));
    }

    /**
     * The agent, on a desk phone, presses End in Flex, which removes the leg through the API; nothing is marked.
     */
    public SimulatedCall agentEndsFromDeskPhone(Agent agent) {
        return then(() -> departures.agentIsRemoved(agent, Act.AGENT_PRESSED_END));
    }

    /** Flex takes the agent's leg down without a click, as it does after a cold transfer was started. */
    public SimulatedCall agentLeaves(Agent agent) {
        return then(() -> departures.agentLeaves(agent, Act.AGENT_CLICKED));
    }

    /** The agent's connection is away for a moment and comes back; the leg stays. */
    public SimulatedCall agentConnectionBlips(Agent agent) {
        scene.change(moment -> moment.tellWorker("worker.activity.update", agent, "Offline"));
        scene.change(moment -> moment.tellWorker("worker.activity.update", agent, "Available"));
        return this;
    }

    /** The agent's browser dies while the leg stays for a while: nobody keeps its end-on-exit flag up to date. */
    public SimulatedCall agentBrowserDies(Agent agent) {
        scene.change(moment -> scene.leg(agent).freeze());
        return this;
    }

    /** The agent removes the customer from the conference. */
    public SimulatedCall agentRemovesCustomer(Agent agent) {
        return then(() -> departures.customerIsRemoved(agent));
    }

    /** The agent ends the call for all, which Flex does through the API, and the plugin leaves its full marker. */
    public SimulatedCall agentEndsForAll(Agent agent) {
        return agentEndsForAll(agent, Marker.NAMED);
    }

    /** The agent ends the call for all, which Flex does through the API. */
    public SimulatedCall agentEndsForAll(Agent agent, Marker marker) {
        return marked(agent, marker).then(() -> departures.agentEndsForAll(agent));
    }

    /** A program ends the conference through the API. */
    public SimulatedCall programEndsConference() {
        return then(() -> departures.programEndsConference());
    }

    /** The agent clicks Hang up and the plugin writes, but the leg stays: the hang-up comes to nothing. */
    public SimulatedCall agentClicksInVain(Agent agent, Marker marker) {
        return marked(agent, marker);
    }

    /** The plugin takes its full marker back because the hang-up came to nothing. */
    public SimulatedCall withdrawsMarker(Agent agent) {
        return then(() -> plugin.withdraw(agent));
    }

    /** The agent finishes a task that has no call: a voicemail. */
    public SimulatedCall agentFinishesTask(Agent agent) {
        scene.change(moment -> {
            scene.truth().ended(Act.NO_CUSTOMER, agent);
            scene.router().wrapUp(List.of(scene.reservation(agent, Status.ACCEPTED)), moment);
        });
        return this;
    }

    /** The agent completes the after-call work. This is when Flex Insights copies the attributes. */
    public SimulatedCall completes(Agent agent) {
        scene.change(moment -> scene.router().complete(scene.reservation(agent, Status.WRAPPING), moment));
        return this;
    }

    /** All agents who are in after-call work complete it, in the order in which they went into it. */
    public SimulatedCall allComplete() {
        inAfterCallWork().forEach(this::completes);
        return this;
    }

    /** The agents who are in after-call work, the one who left first at the head. */
    List<Agent> inAfterCallWork() {
        return scene.look(() -> task.reservations(Status.WRAPPING).stream()
                .sorted(Comparator.comparing(reservation -> reservation.wrapUp().orElse(Instant.MAX)))
                .map(ReservationState::agent)
                .toList());
    }

    // ---- transfers

    /** The agent offers the call to another one, to leave at once. The customer is put on hold. */
    public SimulatedCall startsColdTransfer(Agent from, Agent to) {
        return then(() -> transfers.starts(from, Optional.of(to), Transfer.Mode.COLD));
    }

    /** The agent offers the call to a queue, to leave at once. The customer is put on hold. */
    public SimulatedCall startsColdTransferToQueue(Agent from) {
        return then(() -> transfers.starts(from, Optional.empty(), Transfer.Mode.COLD));
    }

    /** The agent offers the call to another one, to talk first. The customer is put on hold. */
    public SimulatedCall startsWarmTransfer(Agent from, Agent to) {
        return then(() -> transfers.starts(from, Optional.of(to), Transfer.Mode.WARM));
    }

    /** The agent offers the call to a queue, to talk first. The customer is put on hold. */
    public SimulatedCall startsWarmTransferToQueue(Agent from) {
        return then(() -> transfers.starts(from, Optional.empty(), Transfer.Mode.WARM));
    }

    /** The agent takes a transfer back before it is complete. */
    public SimulatedCall cancelsTransfer(Agent from) {
        return then(() -> transfers.cancelled(from));
    }

    /** Nobody of the queue takes the agent's transfer: it fails for good. */
    public SimulatedCall queueTransferFails(Agent from) {
        return then(() -> transfers.failsForGood(from));
    }

    // ---- outside parties

    /** The agent dials a number into the conference; the line is being set up. */
    public SimulatedCall dialsOut(Agent agent, String number) {
        return then(() -> outside.dialled(agent, number, Party.Kind.OUTSIDE));
    }

    /** The outside party's phone rings. May be left out. */
    public SimulatedCall outsideRings() {
        return then(() -> outside.rings(Party.Kind.OUTSIDE));
    }

    /** The outside party answers and joins. */
    public SimulatedCall outsideAnswers() {
        return then(() -> outside.answers(Party.Kind.OUTSIDE));
    }

    /** The outside party does not answer. */
    public SimulatedCall outsideDoesNotAnswer() {
        return then(() -> outside.isNotReached(PhoneCall.Status.NO_ANSWER));
    }

    /** The outside party is busy. */
    public SimulatedCall outsideBusy() {
        return then(() -> outside.isNotReached(PhoneCall.Status.BUSY));
    }

    /** The outside party hangs up, which ends the conference where the options say so. */
    public SimulatedCall outsideHangsUp() {
        return then(() -> outside.hangsUp(Party.Kind.OUTSIDE));
    }

    /** The agent removes the outside party, or stops dialling it. */
    public SimulatedCall agentRemovesOutside(Agent agent) {
        return then(() -> outside.isRemoved(agent));
    }

    /** The agent dials a second customer into the conference. */
    public SimulatedCall dialsSecondCustomer(Agent agent, String number) {
        return then(() -> outside.dialled(agent, number, Party.Kind.SECOND_CUSTOMER));
    }

    /** The second customer answers and joins. */
    public SimulatedCall secondCustomerAnswers() {
        return then(() -> outside.answers(Party.Kind.SECOND_CUSTOMER));
    }

    /** The second customer hangs up. */
    public SimulatedCall secondCustomerHangsUp() {
        return then(() -> outside.hangsUp(Party.Kind.SECOND_CUSTOMER));
    }

    /**
     * The agent sends the customer to a number, through the API: the customer's call goes on, with a child call to it.
     */
    public SimulatedCall sendsCustomerTo(Agent agent, String number) {
        return then(() -> departures.customerIsSentTo(agent, number));
    }

    // ---- supervisors

    /** A supervisor listens in, muted. */
    public SimulatedCall listensIn(Agent supervisor) {
        return then(() -> supervision.listensIn(supervisor, Optional.empty()));
    }

    /** A supervisor listens in and is heard by the agent only. */
    public SimulatedCall coaches(Agent supervisor, Agent agent) {
        return then(() -> supervision.listensIn(supervisor, Optional.of(agent)));
    }

    /** A supervisor who listens in joins the talk. */
    public SimulatedCall joinsTalk(Agent supervisor) {
        return then(() -> supervision.joinsTalk(supervisor));
    }

    /** The supervisor hangs up, which ends the conference for all unless the supervisor just listened. */
    public SimulatedCall supervisorHangsUp() {
        return then(() -> supervision.hangsUp());
    }

    /** A supervisor removes the agent from the conference. */
    public SimulatedCall supervisorRemovesAgent(Agent supervisor, Agent agent) {
        return then(() -> supervision.removesAgent(supervisor, agent));
    }

    // ---- what can be asked

    /** The task's SID. */
    public String taskSid() {
        return task.sid();
    }

    /** The conference's SID, once there is one. */
    public Optional<String> conferenceSid() {
        return scene.look(() -> scene.room().map(Room::sid));
    }

    /** The SID of the customer's call, if there is one. */
    public Optional<String> customerCallSid() {
        return scene.look(() -> scene.customer().map(PhoneCall::sid));
    }

    /** The SID of the agent's latest reservation on the task. */
    public String reservationSid(Agent agent) {
        return scene.look(() -> task.reservation(agent)
                .map(ReservationState::sid)
                .orElseThrow(() -> new NoSuchElementException(agent.name() + " has no reservation")));
    }

    /** The options it is played with. */
    public CallOptions options() {
        return scene.options();
    }

    /** The task, as it stands at Twilio. */
    public SimulatedTask task() {
        return new SimulatedTask(scene.world(), task, delivery);
    }

    /** How each segment really ended, by the SID of its reservation; those that have not ended are not in it. */
    public Map<String, Ending> truth() {
        return scene.look(() -> scene.truth().endings());
    }

    /** How the queue segment ended, where the customer gave up. */
    public Optional<Ending> queueEnding() {
        return scene.look(() -> scene.truth().queueEnding());
    }

    /** The attributes when the task was cancelled. */
    public Optional<Snapshot> queueSnapshot() {
        return scene.look(() -> scene.truth().queueSnapshot());
    }

    /** The attributes when the reservation completed, as Flex Insights copied them; empty before. */
    public Optional<Snapshot> snapshot(String reservationSid) {
        return scene.look(() -> task.reservation(reservationSid).flatMap(ReservationState::snapshot));
    }

    /** {@code conversations.hang_up_by} when the reservation completed, as Flex Insights copied it. */
    public Optional<String> hangUpByAtCompletion(String reservationSid) {
        return snapshot(reservationSid).flatMap(Snapshot::hangUpBy);
    }

    /**
     * Says whether the reservation completed while an agent who had left earlier was still in after-call work. The task
     * holds one value at a time, and then it was the other one's.
     */
    public boolean completedOutOfTurn(String reservationSid) {
        return scene.look(() -> task.reservation(reservationSid)
                .filter(ReservationState::completedOutOfTurn)
                .isPresent());
    }

    /** The time from the reservation's wrap-up to the write that put the right value there, if there was one. */
    public Optional<Duration> timeToValue(String reservationSid) {
        return scene.look(() -> task.reservation(reservationSid).flatMap(scene.truth()::timeToValue));
    }

    /** The order in which the legs left the conference so far. */
    public List<Leave> leaves() {
        return scene.look(() -> scene.room().map(Room::leaves).orElse(List.of()));
    }

    /** The events sent about the task so far, oldest first. */
    public List<WorkspaceEvent> events() {
        return told.events();
    }

    /** The conference's status callbacks so far, oldest first, be there a receiver or not. */
    public List<ConferenceEvent> conferenceEvents() {
        return told.conferenceEvents();
    }

    // ---- events out of order

    /** Delivers the latest event of a type again, as it was: one of the workspace or one of the conference. */
    public SimulatedCall repeats(String eventType) {
        return then(() -> told.repeat(eventType));
    }

    /** Somebody posts an event of a reservation with a wrong signature; answers the status that it got. */
    public int forges(String eventType, Agent agent) {
        return told.forge(eventType, agent);
    }

    /** Somebody posts the latest conference status callback of a type with a wrong signature; answers its status. */
    public int forgesConference(String eventType) {
        return told.forgeConference(eventType);
    }

    // ---- inside

    private SimulatedCall marked(Agent agent, Marker marker) {
        plugin.mark(agent, marker);
        return this;
    }

    private void hold(boolean on) {
        scene.change(moment -> scene.meeting().hold(scene.leg(Party.Kind.CUSTOMER), on));
    }
}
