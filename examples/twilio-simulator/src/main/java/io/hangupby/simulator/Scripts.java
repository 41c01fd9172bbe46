package io.hangupby.simulator;

/** The steps of each {@link Story}, up to the end of the call. */
final class Scripts {

    private Scripts() {}

    static void play(Story story, LiveStage stage) throws InterruptedException {
        switch (story) {
            case CUSTOMER_HANGS_UP -> stage.answered().then(SimulatedCall::customerHangsUp);
            case CUSTOMER_HANGS_UP_ON_HOLD ->
                stage.answered().then(SimulatedCall::hold).then(SimulatedCall::customerHangsUp);
            case CUSTOMER_LOSES_SIGNAL -> stage.answered().then(SimulatedCall::customerLosesSignal);
            case AGENT_CLICKS -> stage.answered().then(call -> call.agentClicksHangUp(stage.agent()));
            case AGENT_CLICKS_BARE_MARKER ->
                stage.answered().then(call -> call.agentClicksHangUp(stage.agent(), Marker.BARE));
            case AGENT_REFRESHES -> stage.answered().then(call -> call.agentRefreshes(stage.agent()));
            case AGENT_CRASHES -> stage.answered().then(call -> call.agentCrashes(stage.agent()));
            case HANDSET_DOWN -> stage.onDeskPhone().answered().then(call -> call.agentPutsDownHandset(stage.agent()));
            case CUSTOMER_REMOVED -> stage.answered().then(call -> call.agentRemovesCustomer(stage.agent()));
            case SURVEY_AFTER_CLICK -> stage.answered().then(call -> call.customerMovedOn(stage.agent(), Marker.NAMED));
            case MOVED_BY_PROGRAM -> stage.answered().then(SimulatedCall::customerMovedOn);
            case ENDED_BY_PROGRAM -> stage.answered().then(SimulatedCall::programEndsConference);
            case ENDED_FOR_ALL -> stage.answered().then(call -> call.agentEndsForAll(stage.agent()));
            case OUTBOUND_ANSWERED ->
                stage.dialled().then(SimulatedCall::customerAnswers).then(SimulatedCall::customerHangsUp);
            case OUTBOUND_BUSY -> stage.dialled().then(SimulatedCall::customerBusy);
            case OUTBOUND_NO_ANSWER -> stage.dialled().then(SimulatedCall::customerNoAnswer);
            case ABANDONED_IN_QUEUE -> stage.queued().then(SimulatedCall::customerGivesUp);
            case ABANDONED_WHILE_RINGING ->
                stage.queued().then(call -> call.rings(stage.agent())).then(SimulatedCall::customerGivesUp);
            case INTERNAL -> stage.amongAgents().then(call -> call.agentClicksHangUp(stage.agent(), Marker.NONE));
        }
    }
}
