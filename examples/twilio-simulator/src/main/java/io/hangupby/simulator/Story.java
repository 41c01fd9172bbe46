package io.hangupby.simulator;

/** The calls that a {@link CallStream} plays. The weights make a realistic mix. */
public enum Story {
    /** The customer hangs up. */
    CUSTOMER_HANGS_UP(40, stage -> stage.answered().then(SimulatedCall::customerHangsUp)),
    /** The customer hangs up while on hold. */
    CUSTOMER_HANGS_UP_ON_HOLD(
            3, stage -> stage.answered().then(SimulatedCall::hold).then(SimulatedCall::customerHangsUp)),
    /** The customer's mobile loses its signal. */
    CUSTOMER_LOSES_SIGNAL(3, stage -> stage.answered().then(SimulatedCall::customerLosesSignal)),
    /** The agent clicks Hang up. */
    AGENT_CLICKS(25, stage -> stage.answered().then(call -> call.agentClicksHangUp(stage.agent()))),
    /** The agent clicks Hang up, with an older plugin. */
    AGENT_CLICKS_BARE_MARKER(
            3, stage -> stage.answered().then(call -> call.agentClicksHangUp(stage.agent(), Marker.BARE))),
    /** The agent's page is refreshed. */
    AGENT_REFRESHES(4, stage -> stage.answered().then(call -> call.agentRefreshes(stage.agent()))),
    /** The agent's laptop goes to sleep. */
    AGENT_CRASHES(4, stage -> stage.answered().then(call -> call.agentCrashes(stage.agent()))),
    /** An agent on a desk phone puts down the handset. */
    HANDSET_DOWN(3, stage -> stage.onDeskPhone().answered().then(call -> call.agentPutsDownHandset(stage.agent()))),
    /** The agent removes the customer. */
    CUSTOMER_REMOVED(2, stage -> stage.answered().then(call -> call.agentRemovesCustomer(stage.agent()))),
    /** The agent clicks and the customer is moved on to a survey. */
    SURVEY_AFTER_CLICK(2, stage -> stage.answered().then(call -> call.customerMovedOn(stage.agent(), Marker.NAMED))),
    /** A program moves the customer on. */
    MOVED_BY_PROGRAM(1, stage -> stage.answered().then(SimulatedCall::customerMovedOn)),
    /** A program ends the conference. */
    ENDED_BY_PROGRAM(1, stage -> stage.answered().then(SimulatedCall::programEndsConference)),
    /** The agent ends the call for all. */
    ENDED_FOR_ALL(1, stage -> stage.answered().then(call -> call.agentEndsForAll(stage.agent()))),
    /** The agent calls the customer, who answers and hangs up. */
    OUTBOUND_ANSWERED(
            2, stage -> stage.dialled().then(SimulatedCall::customerAnswers).then(SimulatedCall::customerHangsUp)),
    /** The agent calls the customer, who is busy. */
    OUTBOUND_BUSY(1, stage -> stage.dialled().then(SimulatedCall::customerBusy)),
    /** The agent calls the customer, who does not answer. */
    OUTBOUND_NO_ANSWER(1, stage -> stage.dialled().then(SimulatedCall::customerNoAnswer)),
    /** The customer gives up in the queue. */
    ABANDONED_IN_QUEUE(2, stage -> stage.queued().then(SimulatedCall::customerGivesUp)),
    /** The customer gives up while the agent's phone rings. */
    ABANDONED_WHILE_RINGING(
            1, stage -> stage.queued().then(call -> call.rings(stage.agent())).then(SimulatedCall::customerGivesUp)),
    /** One agent calls another and hangs up. */
    INTERNAL(1, stage -> stage.amongAgents().then(call -> call.agentClicksHangUp(stage.agent(), Marker.NONE)));

    private final int weight;
    private final Script script;

    Story(int weight, Script script) {
        this.weight = weight;
        this.script = script;
    }

    /** Its share in the mix, beside the others' weights. */
    public int weight() {
        return weight;
    }

    void play(Stage stage) throws InterruptedException {
        script.play(stage);
    }

    /** The steps of a story. */
    @FunctionalInterface
    interface Script {
        void play(Stage stage) throws InterruptedException;
    }

    /** What a story is played on. */
    interface Stage {

        Agent agent();

        Stage onDeskPhone();

        Stage queued() throws InterruptedException;

        /** The customer waits and the agent accepts. */
        Stage answered() throws InterruptedException;

        /** The agent calls the customer. */
        Stage dialled() throws InterruptedException;

        Stage amongAgents() throws InterruptedException;

        /** One more step, after a pause. */
        Stage then(Step step) throws InterruptedException;
    }

    /** One step of a call. */
    @FunctionalInterface
    interface Step {
        SimulatedCall on(SimulatedCall call);
    }
}
