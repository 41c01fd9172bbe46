package io.hangupby.internal.twilio;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Participant;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.WorkerSid;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.internal.event.TaskRouterEvent.TaskEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The fake keeps the contract that the engine's tests rely on. */
class InMemoryTwilioTest extends TwilioGatewayKit {
    private final InMemoryTwilio twilio = new InMemoryTwilio();
    private int sids;

    @Override
    TwilioGateway gateway() {
        return twilio;
    }

    @Override
    Talk talk() {
        return begun(Call.Status.IN_PROGRESS);
    }

    @Override
    Talk ringing() {
        return begun(Call.Status.RINGING);
    }

    private Talk begun(Call.Status customer) {
        String digits = "%032x".formatted(++sids);
        Talk talk = new Talk(
                new TaskRef(ACCOUNT, WORKSPACE, new TaskSid("WT" + digits)),
                new ReservationSid("WR" + digits),
                new ConferenceSid("CF" + digits),
                new CallSid("CA" + digits.replaceFirst("0", "c")),
                new CallSid("CA" + digits.replaceFirst("0", "a")));
        twilio.put(talk.task(), """
                {"conference":{"sid":"%s","participants":{"worker":"%s","customer":"%s"}}}""".formatted(talk.conference(), talk.agent(), talk.customer()));
        twilio.put(new Call(talk.customer(), customer, Optional.of(new Address("+15550100")), Optional.empty()));
        twilio.put(new Call(talk.agent(), Call.Status.IN_PROGRESS, Optional.of(AGENTS_BROWSER), Optional.empty()));
        twilio.put(new Conference(talk.conference(), false, Optional.empty(), Optional.empty(), Optional.of(second())));
        twilio.lists(
                talk.conference(),
                new Participant(talk.customer(), customer == Call.Status.IN_PROGRESS, true),
                new Participant(talk.agent(), true, true));
        twilio.put(new TaskEvent(EventType.TASK_CREATED, talk.task(), clock.instant(), Optional.empty()));
        tell(EventType.RESERVATION_CREATED, talk);
        tell(EventType.RESERVATION_ACCEPTED, talk);
        return talk;
    }

    @Override
    void customerHangsUp(Talk talk) {
        end(talk, Call.Status.COMPLETED);
    }

    @Override
    void customerDoesNotAnswer(Talk talk) {
        end(talk, Call.Status.NO_ANSWER);
    }

    private void end(Talk talk, Call.Status customer) {
        twilio.put(new Call(talk.customer(), customer, Optional.of(new Address("+15550100")), Optional.of(second())));
        twilio.put(new Conference(
                talk.conference(),
                true,
                Optional.of(Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT),
                Optional.of(talk.customer()),
                Optional.of(second())));
        tell(EventType.RESERVATION_WRAPUP, talk);
        twilio.put(new TaskEvent(EventType.TASK_WRAPUP, talk.task(), clock.instant(), Optional.of(talk.conference())));
    }

    private void tell(EventType type, Talk talk) {
        twilio.put(new ReservationEvent(
                type,
                talk.task(),
                clock.instant(),
                talk.reservation(),
                Optional.of(new WorkerSid("WK" + "7".repeat(32))),
                Optional.of(AGENTS_BROWSER),
                Optional.of(talk.conference())));
    }

    private Instant second() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    void agentCompletes(Talk talk) {
        twilio.complete(talk.task());
    }

    @Override
    void edit(TaskRef task, String attributes) {
        twilio.edit(task, was -> attributes);
    }

    @Override
    void delete(TaskRef task) {
        twilio.delete(task);
    }
}
