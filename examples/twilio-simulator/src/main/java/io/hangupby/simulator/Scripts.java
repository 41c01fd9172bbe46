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
            default -> playWithMany(story, stage);
        }
    }

    private static void playWithMany(Story story, LiveStage stage) throws InterruptedException {
        Agent agent = stage.agent();
        Agent colleague = stage.colleague();
        switch (story) {
            case COLD_TRANSFER -> handedOn(stage).then(SimulatedCall::customerHangsUp);
            case COLD_TRANSFER_TO_QUEUE ->
                stage.answered()
                        .then(call -> call.startsColdTransferToQueue(agent))
                        .then(call -> call.agentLeaves(agent))
                        .then(call -> call.declines(stage.deskPhone()))
                        .then(call -> call.accepts(colleague))
                        .afterCallWork(agent)
                        .then(call -> call.agentClicksHangUp(colleague));
            case COLD_TRANSFER_DECLINED ->
                stage.answered()
                        .then(call -> call.startsColdTransfer(agent, colleague))
                        .then(call -> call.declines(colleague))
                        .then(SimulatedCall::unhold)
                        .then(SimulatedCall::customerHangsUp);
            case COLD_TRANSFER_ABANDONED ->
                stage.answered()
                        .then(call -> call.startsColdTransfer(agent, colleague))
                        .then(call -> call.agentLeaves(agent))
                        .then(call -> call.rings(colleague))
                        .afterCallWork(agent)
                        .then(SimulatedCall::customerGivesUp);
            case WARM_TRANSFER ->
                consulting(stage)
                        .then(SimulatedCall::unhold)
                        .then(call -> call.agentClicksHangUp(agent))
                        .afterCallWork(agent)
                        .then(SimulatedCall::customerHangsUp);
            case WARM_TRANSFER_OVERLAPPING ->
                consulting(stage)
                        .then(SimulatedCall::unhold)
                        .then(call -> call.agentClicksHangUp(agent))
                        .then(call -> call.agentClicksHangUp(colleague));
            case CONSULT -> consulted(stage).then(call -> call.agentClicksHangUp(agent));
            case CONSULT_THEN_CRASH -> consulted(stage).then(call -> call.agentCrashes(agent));
            case CUSTOMER_LEAVES_CONSULT -> consulting(stage).then(SimulatedCall::customerHangsUp);
            default -> playWithGuests(story, stage);
        }
    }

    private static void playWithGuests(Story story, LiveStage stage) throws InterruptedException {
        Agent agent = stage.agent();
        switch (story) {
            case EXTERNAL_WARM_TRANSFER -> withOutsider(stage).then(call -> call.agentClicksHangUp(agent));
            case EXTERNAL_COLD_TRANSFER ->
                stage.answered().then(call -> call.sendsCustomerTo(agent, stage.outsideNumber()));
            case OUTSIDE_PARTY_LEAVES ->
                withOutsider(stage).then(SimulatedCall::outsideHangsUp).then(SimulatedCall::customerHangsUp);
            case SUPERVISOR_LISTENS ->
                stage.answered()
                        .then(call -> call.listensIn(stage.supervisor()))
                        .then(SimulatedCall::customerHangsUp);
            case SUPERVISOR_ENDS ->
                stage.answered()
                        .then(call -> call.listensIn(stage.supervisor()))
                        .then(call -> call.joinsTalk(stage.supervisor()))
                        .then(SimulatedCall::supervisorHangsUp);
            default -> throw new IllegalArgumentException("no script for " + story);
        }
    }

    private static LiveStage handedOn(LiveStage stage) throws InterruptedException {
        return stage.answered()
                .then(call -> call.startsColdTransfer(stage.agent(), stage.colleague()))
                .then(call -> call.agentLeaves(stage.agent()))
                .then(call -> call.rings(stage.colleague()))
                .then(call -> call.accepts(stage.colleague()))
                .afterCallWork(stage.agent());
    }

    private static LiveStage consulting(LiveStage stage) throws InterruptedException {
        return stage.answered()
                .then(call -> call.startsWarmTransfer(stage.agent(), stage.colleague()))
                .then(call -> call.rings(stage.colleague()))
                .then(call -> call.accepts(stage.colleague()));
    }

    private static LiveStage consulted(LiveStage stage) throws InterruptedException {
        return consulting(stage)
                .then(call -> call.agentClicksHangUp(stage.colleague()))
                .then(SimulatedCall::unhold)
                .afterCallWork(stage.colleague());
    }

    private static LiveStage withOutsider(LiveStage stage) throws InterruptedException {
        return stage.answered()
                .then(call -> call.dialsOut(stage.agent(), stage.outsideNumber()))
                .then(SimulatedCall::outsideRings)
                .then(SimulatedCall::outsideAnswers);
    }
}
