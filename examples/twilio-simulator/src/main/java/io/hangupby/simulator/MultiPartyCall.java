package io.hangupby.simulator;

import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.Party;
import io.hangupby.simulator.events.EventDelivery;
import io.hangupby.simulator.internal.account.PhoneCall;
import io.hangupby.simulator.internal.account.TaskTransfer;
import java.util.Optional;

/** The steps of a call in which more than one agent and one customer take part: transfers, outside parties, supervisors. */
abstract sealed class MultiPartyCall extends CallResults permits SimulatedCall {

    private final TransferSteps transfers;
    private final OutsidePartySteps outside;
    private final SupervisorSteps supervisors;

    MultiPartyCall(CallState state, EventDelivery delivery, SimulatedTask task, DisconnectSteps disconnects) {
        super(state, delivery, task);
        this.transfers = new TransferSteps(state);
        this.outside = new OutsidePartySteps(state, disconnects);
        this.supervisors = new SupervisorSteps(state, disconnects);
    }

    /** Plays a step and returns this call. */
    abstract SimulatedCall then(Runnable step);

    // ---- transfers

    /** The agent starts a cold transfer to another agent. The customer is put on hold. */
    public SimulatedCall startsColdTransfer(Agent from, Agent to) {
        return then(() -> transfers.starts(from, Optional.of(to), TaskTransfer.Mode.COLD));
    }

    /** The agent starts a cold transfer to a queue. The customer is put on hold. */
    public SimulatedCall startsColdTransferToQueue(Agent from) {
        return then(() -> transfers.starts(from, Optional.empty(), TaskTransfer.Mode.COLD));
    }

    /** The agent starts a warm transfer to another agent. The customer is put on hold. */
    public SimulatedCall startsWarmTransfer(Agent from, Agent to) {
        return then(() -> transfers.starts(from, Optional.of(to), TaskTransfer.Mode.WARM));
    }

    /** The agent starts a warm transfer to a queue. The customer is put on hold. */
    public SimulatedCall startsWarmTransferToQueue(Agent from) {
        return then(() -> transfers.starts(from, Optional.empty(), TaskTransfer.Mode.WARM));
    }

    /** The agent cancels a transfer before it is complete. */
    public SimulatedCall cancelsTransfer(Agent from) {
        return then(() -> transfers.cancelled(from));
    }

    /** No agent of the queue accepts the transfer: it fails. */
    public SimulatedCall queueTransferFails(Agent from) {
        return then(() -> transfers.queueTransferFails(from));
    }

    // ---- outside parties

    /** The agent dials a number into the conference; its call is queued. */
    public SimulatedCall dialsOut(Agent agent, String number) {
        return then(() -> outside.dialled(agent, number, Party.Kind.OUTSIDE));
    }

    /** The outside party's phone rings. This step is optional. */
    public SimulatedCall outsideRings() {
        return then(() -> outside.rings(Party.Kind.OUTSIDE));
    }

    /** The outside party picks up and joins. */
    public SimulatedCall outsidePicksUp() {
        return then(() -> outside.picksUp(Party.Kind.OUTSIDE));
    }

    /** The outside party does not pick up. */
    public SimulatedCall outsideDoesNotPickUp() {
        return then(() -> outside.isNotReached(PhoneCall.Status.NO_ANSWER));
    }

    /** The outside party is busy. */
    public SimulatedCall outsideBusy() {
        return then(() -> outside.isNotReached(PhoneCall.Status.BUSY));
    }

    /** The outside party hangs up, which ends the conference if the options say so. */
    public SimulatedCall outsideHangsUp() {
        return then(() -> outside.hangsUp(Party.Kind.OUTSIDE));
    }

    /** The agent removes the outside party, or stops dialling it. */
    public SimulatedCall agentRemovesOutside(Agent agent) {
        return then(() -> outside.isRemoved(agent));
    }

    /** A recorder at this address joins for an agent's call; it is no party. */
    public SimulatedCall recorderJoins(Agent agent, String address) {
        return then(() -> outside.recorderJoins(agent, address));
    }

    /** The agent dials a second customer into the conference. */
    public SimulatedCall dialsSecondCustomer(Agent agent, String number) {
        return then(() -> outside.dialled(agent, number, Party.Kind.SECOND_CUSTOMER));
    }

    /** The second customer picks up and joins. */
    public SimulatedCall secondCustomerPicksUp() {
        return then(() -> outside.picksUp(Party.Kind.SECOND_CUSTOMER));
    }

    /** The second customer hangs up. */
    public SimulatedCall secondCustomerHangsUp() {
        return then(() -> outside.hangsUp(Party.Kind.SECOND_CUSTOMER));
    }

    // ---- supervisors

    /** A supervisor listens in, muted. */
    public SimulatedCall listensIn(Agent supervisor) {
        return then(() -> supervisors.listensIn(supervisor, Optional.empty()));
    }

    /** A supervisor coaches: the supervisor listens in and speaks to the agent only. */
    public SimulatedCall coaches(Agent supervisor, Agent agent) {
        return then(() -> supervisors.listensIn(supervisor, Optional.of(agent)));
    }

    /** A supervisor who listens in joins the conversation. */
    public SimulatedCall joinsTalk(Agent supervisor) {
        return then(() -> supervisors.joinsTalk(supervisor));
    }

    /** The supervisor hangs up, which ends the conference unless the supervisor only listened. */
    public SimulatedCall supervisorHangsUp() {
        return then(() -> supervisors.hangsUp());
    }

    /** A supervisor removes the agent from the conference. */
    public SimulatedCall supervisorRemovesAgent(Agent supervisor, Agent agent) {
        return then(() -> supervisors.removesAgent(supervisor, agent));
    }
}
