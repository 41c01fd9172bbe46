package io.hangupby.simulator;

import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.Party;
import io.hangupby.simulator.internal.account.AccountState;
import io.hangupby.simulator.internal.account.ConferenceEventFactory;
import io.hangupby.simulator.internal.account.ConferenceLeg;
import io.hangupby.simulator.internal.account.PhoneCall;
import io.hangupby.simulator.internal.account.ReservationState;
import io.hangupby.simulator.internal.account.ReservationState.Status;
import io.hangupby.simulator.internal.account.SidGenerator;
import io.hangupby.simulator.internal.account.SimulatedConference;
import io.hangupby.simulator.internal.account.SimulatedWorkspace;
import io.hangupby.simulator.internal.account.TaskState;
import io.hangupby.simulator.internal.account.TaskTransfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The state of one simulated call, and the order within each step: the parties act, then Flex and TaskRouter react, then
 * the API shows the result. All but the constructor, {@link #change} and {@link #read} is guarded by the account's lock.
 */
final class CallState {

    private final AccountState account;
    private final SimulatedWorkspace workspace;
    private final SidGenerator sids;
    private final Kind kind;
    private final CallOptions options;
    private final TaskState task;
    private final SimulatedTaskRouter router;
    private final ExpectedOutcomes expectedOutcomes;
    private final List<PhoneCall> calls = new ArrayList<>();
    private final List<TaskTransfer> transfers = new ArrayList<>();
    private Optional<SimulatedConference> conference = Optional.empty();
    private Optional<ConferenceEventFactory> eventFactory = Optional.empty();
    private Optional<PhoneCall> customer = Optional.empty();
    private Optional<PhoneCall> dequeuedLeg = Optional.empty();

    CallState(
            AccountState account,
            SimulatedWorkspace workspace,
            SidGenerator sids,
            Kind kind,
            CallOptions options,
            TaskState task) {
        this.account = account;
        this.workspace = workspace;
        this.sids = sids;
        this.kind = kind;
        this.options = options;
        this.task = task;
        this.router = new SimulatedTaskRouter(this);
        this.expectedOutcomes = new ExpectedOutcomes(this);
    }

    /** Lets the parties act in one moment, and Flex, TaskRouter and the API react. */
    void change(Consumer<AccountState.Moment> step) {
        account.change(moment -> {
            step.accept(moment);
            conference.ifPresent(conference -> EndOnExitFlags.update(conference, options));
            emitConferenceEvents(moment);
            router.settle(moment);
            conference.ifPresent(conference -> conference.publish(moment.at(), options.lag()));
            calls.forEach(call -> call.publish(moment.at(), options.lag()));
        });
    }

    <T> T read(Supplier<T> value) {
        return account.inOneMoment(moment -> value.get());
    }

    private void emitConferenceEvents(AccountState.Moment moment) {
        eventFactory
                .filter(any -> options.conferenceCallbacks())
                .ifPresent(factory -> factory.takeEvents(customer, moment.at()).forEach(moment::emit));
    }

    AccountState account() {
        return account;
    }

    SimulatedWorkspace workspace() {
        return workspace;
    }

    SidGenerator sids() {
        return sids;
    }

    Kind kind() {
        return kind;
    }

    CallOptions options() {
        return options;
    }

    TaskState task() {
        return task;
    }

    SimulatedTaskRouter router() {
        return router;
    }

    ExpectedOutcomes expectedOutcomes() {
        return expectedOutcomes;
    }

    List<TaskTransfer> transfers() {
        return transfers;
    }

    Optional<SimulatedConference> conference() {
        return conference;
    }

    Optional<PhoneCall> customer() {
        return customer;
    }

    void customer(PhoneCall call) {
        customer = Optional.of(call);
    }

    /** Returns the agent's leg in a call without a conference. */
    Optional<PhoneCall> dequeuedLeg() {
        return dequeuedLeg;
    }

    void dequeuedLeg(PhoneCall call) {
        dequeuedLeg = Optional.of(call);
    }

    /** TaskRouter creates a conference for an accepted reservation. */
    SimulatedConference openConference(ReservationState reservation, AccountState.Moment moment) {
        SimulatedConference opened =
                new SimulatedConference(sids.next("CF"), task.sid(), moment.at(), options.evidenceHidden());
        moment.add(opened, task.sid());
        conference = Optional.of(opened);
        eventFactory = Optional.of(new ConferenceEventFactory(
                workspace, sids, opened, reservation.sid(), options.customerEndsConference()));
        return opened;
    }

    PhoneCall dial(String to, PhoneCall.Status status, AccountState.Moment moment) {
        PhoneCall call = new PhoneCall(sids.next("CA"), "outbound-api", workspace.number(), to, status, moment.at());
        add(call, moment);
        return call;
    }

    /** A party's call is connected to a number by a child call. */
    PhoneCall dialChild(PhoneCall parent, String to, PhoneCall.Status status, AccountState.Moment moment) {
        PhoneCall call = new PhoneCall(sids.next("CA"), "outbound-dial", workspace.number(), to, status, moment.at());
        call.childOf(parent.sid());
        add(call, moment);
        return call;
    }

    void add(PhoneCall call, AccountState.Moment moment) {
        moment.add(call, task.sid());
        calls.add(call);
    }

    /** Ends the child calls of a call, as Twilio does when the parent call ends. */
    void endChildrenOf(PhoneCall parent, AccountState.Moment moment) {
        calls.stream()
                .filter(call -> call.isChildOf(parent.sid()))
                .forEach(call -> call.ended(PhoneCall.Status.COMPLETED, moment.at()));
    }

    SimulatedConference requireConference() {
        return conference.orElseThrow(() -> new IllegalStateException("No agent has accepted the call"));
    }

    ConferenceLeg leg(Party.Kind kind) {
        return requireConference()
                .leg(kind)
                .orElseThrow(() -> new IllegalStateException("The conference has no leg of kind " + kind));
    }

    ConferenceLeg leg(Agent agent) {
        return requireConference()
                .leg(agent)
                .orElseThrow(() -> new IllegalStateException(agent.name() + " is not in the conference"));
    }

    ReservationState reservation(Agent agent, Status status) {
        return task.reservation(agent, status)
                .orElseThrow(() ->
                        new IllegalStateException(agent.name() + " has no reservation with status " + status.wire()));
    }

    /** The kind of a call. */
    enum Kind {
        INBOUND,
        OUTBOUND,
        INTERNAL,
        VOICEMAIL
    }
}
