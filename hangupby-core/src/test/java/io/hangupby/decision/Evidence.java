package io.hangupby.decision;

import io.hangupby.call.AccountSid;
import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Marker;
import io.hangupby.call.OtherAgent;
import io.hangupby.call.OtherAgents;
import io.hangupby.call.Participant;
import io.hangupby.call.ParticipantChange;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.ParticipantLogBuilder;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Role;
import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.Transfer;
import io.hangupby.call.WorkerSid;
import io.hangupby.call.WorkspaceSid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds the evidence of one call: by default inbound, one agent in a browser with the plugin, no click. */
final class Evidence {
    static final CallSid CUSTOMER = new CallSid("CA" + "c".repeat(32));
    static final CallSid AGENT = new CallSid("CA" + "a".repeat(32));
    static final CallSid STRANGER = new CallSid("CA" + "5".repeat(32));
    static final CallSid CHILD = new CallSid("CA" + "d".repeat(32));
    static final ConferenceSid ROOM = new ConferenceSid("CF" + "f".repeat(32));
    static final ReservationSid OWN = new ReservationSid("WR" + "1".repeat(32));
    static final ReservationSid ANOTHER = new ReservationSid("WR" + "2".repeat(32));
    private static final ReservationSid A_THIRD = new ReservationSid("WR" + "3".repeat(32));
    static final TaskRef TASK = new TaskRef(
            new AccountSid("AC" + "0".repeat(32)),
            new WorkspaceSid("WS" + "0".repeat(32)),
            new TaskSid("WT" + "0".repeat(32)));
    static final Instant LEFT = Instant.parse("2026-09-21T14:15:16.700Z");
    static final Instant ACCEPTED = LEFT.minusSeconds(600);
    static final Address BROWSER = new Address("client:ada");
    static final Address SIP_PHONE = new Address("sip:ada@example.com");
    static final Address TELEPHONE = new Address("+15005550001");
    static final Address OTHER_AGENTS_BROWSER = new Address("client:grace");

    /** Less than any other step in these calls, and more than nothing. */
    private static final Duration A_MOMENT = Duration.ofMillis(1);

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private Optional<CallSid> customerLeg = Optional.of(CUSTOMER);
    private Optional<CallSid> workerLeg = Optional.of(AGENT);
    private Set<Address> ignored = Set.of();
    private Optional<Role> reportedEnd = Optional.empty();
    private boolean outbound;
    private boolean internal;
    private Optional<Address> contact = Optional.of(BROWSER);
    private boolean completed;
    private Marker marker = Marker.NONE;
    private boolean pluginInstalled = true;
    private final List<OtherAgent> agents = new ArrayList<>();
    private final List<Transfer> transfers = new ArrayList<>();
    private Optional<Transfer> joinedVia = Optional.empty();
    private Optional<Conference> conference = Optional.empty();
    private Optional<List<Participant>> legs = Optional.empty();
    private final Set<CallSid> seen = new LinkedHashSet<>();
    private boolean isLogWhole;
    private final Set<CallSid> talking = new HashSet<>();
    private final List<ParticipantLeft> leaves = new ArrayList<>();
    private final Map<CallSid, CallLookup> calls = new HashMap<>();
    private final Map<CallSid, List<Call>> children = new HashMap<>();

    private Evidence() {}

    /** A call whose conference has ended. */
    static Evidence ended(EndReason reason, CallSid leg) {
        return new Evidence().conference(true, Optional.of(reason), Optional.of(leg));
    }

    /** A call whose conference has ended and names no leg. */
    static Evidence ended(EndReason reason) {
        return new Evidence().conference(true, Optional.of(reason), Optional.empty());
    }

    /** A call whose conference has ended and says nothing more. */
    static Evidence endedSilently() {
        return new Evidence().conference(true, Optional.empty(), Optional.empty());
    }

    /** A call whose conference goes on with these legs, all of them connected. */
    static Evidence ongoing(CallSid... connected) {
        Evidence evidence = ongoingUnlisted();
        evidence.legs = Optional.of(List.of());
        for (CallSid leg : connected) {
            evidence = evidence.with(new Participant(leg, true, true));
        }
        return evidence;
    }

    /** A call whose conference goes on, and whose participants are not known. */
    static Evidence ongoingUnlisted() {
        return new Evidence().conference(false, Optional.empty(), Optional.empty());
    }

    /** A call that never had a conference. */
    static Evidence withoutConference() {
        return new Evidence();
    }

    private Evidence conference(boolean ended, Optional<EndReason> reason, Optional<CallSid> leg) {
        conference = Optional.of(new Conference(ROOM, ended, reason, leg, Optional.of(LEFT)));
        return this;
    }

    Evidence with(Participant leg) {
        List<Participant> more = new ArrayList<>(legs.orElse(List.of()));
        more.add(leg);
        legs = Optional.of(more);
        return this;
    }

    /** The conference ended, or was last changed, so long after the agent's leg went. */
    Evidence after(Duration sinceLeft) {
        return updated(Optional.of(LEFT.plus(sinceLeft)));
    }

    Evidence undated() {
        return updated(Optional.empty());
    }

    private Evidence updated(Optional<Instant> at) {
        conference = conference.map(
                seen -> new Conference(seen.sid(), seen.ended(), seen.endReason(), seen.endingLeg(), at));
        return this;
    }

    Evidence outbound() {
        outbound = true;
        return this;
    }

    Evidence internal() {
        internal = true;
        return this;
    }

    Evidence withoutCustomer() {
        customerLeg = Optional.empty();
        return this;
    }

    Evidence withoutWorkerLeg() {
        workerLeg = Optional.empty();
        return this;
    }

    Evidence marked() {
        marker = Marker.of(OWN);
        return this;
    }

    Evidence markedForAnother() {
        marker = Marker.of(ANOTHER);
        return this;
    }

    Evidence markedBarely() {
        marker = Marker.BARE;
        return this;
    }

    Evidence markedByThisAgentOrAnother() {
        marker = Marker.unclear(OWN);
        return this;
    }

    Evidence withoutPlugin() {
        pluginInstalled = false;
        return this;
    }

    /** A status callback says that this leg left, at the same time as the agent's, and after the callbacks before. */
    Evidence leaves(CallSid leg, ParticipantLeft.Reason reason) {
        return leaves(leg, reason, Duration.ZERO);
    }

    /** The same, so long after the agent's leg went. */
    Evidence leaves(CallSid leg, ParticipantLeft.Reason reason, Duration sinceLeft) {
        return leaves(leg, Optional.of(reason), sinceLeft);
    }

    /** A status callback says that this leg left, and not why. */
    Evidence leavesForUnknownReason(CallSid leg) {
        return leaves(leg, Optional.empty(), Duration.ZERO);
    }

    /** A status callback told that this leg hung up while it was on hold. */
    Evidence leavesOnHold(CallSid leg) {
        Optional<ParticipantLeft.Reason> hungUp = Optional.of(ParticipantLeft.Reason.PARTICIPANT_HUNG_UP);
        leaves.add(new ParticipantLeft(leg, leaves.size(), LEFT, hungUp, true));
        return this;
    }

    private Evidence leaves(CallSid leg, Optional<ParticipantLeft.Reason> reason, Duration sinceLeft) {
        leaves.add(new ParticipantLeft(leg, leaves.size(), LEFT.plus(sinceLeft), reason, false));
        return this;
    }

    /** A status callback says that this leg joined, and is muted or not. */
    Evidence joins(CallSid leg, boolean heard) {
        seen.add(leg);
        if (heard) {
            talking.add(leg);
        }
        return this;
    }

    /** Status callbacks show everything, from the joins of these legs on. */
    Evidence loggedFromTheStart(CallSid... legs) {
        for (CallSid leg : legs) {
            joins(leg, true);
        }
        isLogWhole = true;
        return this;
    }

    Evidence oneOfTwoAgents() {
        return otherAgent(LEFT.minus(A_MINUTE), Optional.empty(), Optional.empty());
    }

    /** Another agent had left before this agent. */
    Evidence afterAnotherAgent() {
        return otherAgent(LEFT.minus(A_MINUTE), Optional.of(LEFT.minus(A_MOMENT)), Optional.empty());
    }

    /** A third agent, whom no transfer invited, is still present. */
    Evidence besideAThirdAgent() {
        agents.add(new OtherAgent(
                A_THIRD, Optional.of(OTHER_AGENTS_BROWSER), LEFT.minus(A_MINUTE), Optional.empty(), Optional.empty()));
        return this;
    }

    /** This agent started a transfer that no agent has accepted. */
    Evidence startsTransfer(Transfer.Mode mode) {
        transfers.add(byThisAgent(mode, Optional.empty()));
        return this;
    }

    /** The same, and it failed so long after this agent's leg left. */
    Evidence startsFailedTransfer(Transfer.Mode mode, Duration sinceLeft) {
        transfers.add(byThisAgent(mode, Optional.of(LEFT.plus(sinceLeft))));
        return this;
    }

    /** This agent started a transfer, so long after this agent's leg left, and it was cancelled so much later. */
    Evidence startsAndCancelsTransfer(Transfer.Mode mode, Duration sinceLeft, Duration later) {
        Instant started = LEFT.plus(sinceLeft);
        transfers.add(new Transfer(Optional.of(OWN), Optional.of(mode), started, Optional.of(started.plus(later))));
        return this;
    }

    /** An unknown agent started a transfer, warm or cold. */
    Evidence transferredByUnknownAgent() {
        transfers.add(new Transfer(Optional.empty(), Optional.empty(), LEFT.minus(A_MINUTE), Optional.empty()));
        return this;
    }

    /** The other agent started a transfer. */
    Evidence transferredByOtherAgent(Transfer.Mode mode) {
        transfers.add(byOtherAgent(mode, Optional.empty()));
        return this;
    }

    /** Another agent joined by this agent's transfer, so long after this agent's leg left. */
    Evidence otherAgentJoins(Transfer.Mode mode, Duration sinceLeft) {
        Transfer transfer = byThisAgent(mode, Optional.empty());
        transfers.add(transfer);
        return otherAgent(LEFT.plus(sinceLeft), Optional.empty(), Optional.of(transfer));
    }

    /** The same, and the other agent left again, so long after this agent's leg left. */
    Evidence otherAgentJoinsAndLeaves(Transfer.Mode mode, Duration sinceLeft) {
        Transfer transfer = byThisAgent(mode, Optional.empty());
        transfers.add(transfer);
        return otherAgent(LEFT.minusSeconds(30), Optional.of(LEFT.plus(sinceLeft)), Optional.of(transfer));
    }

    /** This agent joined by a transfer of another agent, who is still present. */
    Evidence invited(Transfer.Mode mode) {
        return invited(byOtherAgent(mode, Optional.empty()), Optional.empty());
    }

    /** The same, and the other agent left, so long after this agent's leg left. */
    Evidence invitedByAgentWhoLeft(Transfer.Mode mode, Duration sinceLeft) {
        return invited(byOtherAgent(mode, Optional.empty()), Optional.of(LEFT.plus(sinceLeft)));
    }

    /** This agent joined by a transfer of another agent, who is still present, and the transfer then failed. */
    Evidence invitedByFailedTransfer(Transfer.Mode mode) {
        return invited(byOtherAgent(mode, Optional.of(LEFT.minus(A_MOMENT))), Optional.empty());
    }

    private Evidence invited(Transfer transfer, Optional<Instant> otherAgentLeft) {
        transfers.add(transfer);
        joinedVia = Optional.of(transfer);
        return otherAgent(LEFT.minus(A_MINUTE.multipliedBy(2)), otherAgentLeft, Optional.empty());
    }

    private Evidence otherAgent(Instant accepted, Optional<Instant> left, Optional<Transfer> by) {
        agents.add(new OtherAgent(ANOTHER, Optional.of(OTHER_AGENTS_BROWSER), accepted, left, by));
        return this;
    }

    private static Transfer byThisAgent(Transfer.Mode mode, Optional<Instant> failedAt) {
        return new Transfer(Optional.of(OWN), Optional.of(mode), LEFT.minus(A_MINUTE), failedAt);
    }

    private static Transfer byOtherAgent(Transfer.Mode mode, Optional<Instant> failedAt) {
        return new Transfer(Optional.of(ANOTHER), Optional.of(mode), LEFT.minus(A_MINUTE), failedAt);
    }

    Evidence on(Address device) {
        contact = Optional.of(device);
        return this;
    }

    Evidence onUnknownDevice() {
        contact = Optional.empty();
        return this;
    }

    /** This device is no party. */
    Evidence ignoring(Address device) {
        ignored = Set.of(device);
        return this;
    }

    Evidence completed() {
        completed = true;
        return this;
    }

    /** The customer's call, read once, without an end. */
    Evidence customersCall(Call.Status status) {
        return found(CUSTOMER, call(CUSTOMER, status, Optional.empty(), Optional.empty()), false);
    }

    /** The customer's call, read twice, without an end. */
    Evidence customersCallAgain(Call.Status status) {
        return found(CUSTOMER, call(CUSTOMER, status, Optional.empty(), Optional.empty()), true);
    }

    /** The customer's call, completed so long after the agent's leg went. */
    Evidence customersCallEnded(Duration sinceLeft) {
        Optional<Instant> ended = Optional.of(LEFT.plus(sinceLeft));
        return found(CUSTOMER, call(CUSTOMER, Call.Status.COMPLETED, Optional.empty(), ended), false);
    }

    /** A leg's call, which goes to a device. */
    Evidence goesTo(CallSid leg, Address device) {
        return found(leg, call(leg, Call.Status.COMPLETED, Optional.of(device), Optional.of(LEFT)), false);
    }

    /** A leg's call; Twilio does not say where it goes. */
    Evidence goesNowhere(CallSid leg) {
        return found(leg, call(leg, Call.Status.COMPLETED, Optional.empty(), Optional.of(LEFT)), false);
    }

    Evidence notThere(CallSid leg) {
        calls.put(leg, new CallLookup.NotFound());
        return this;
    }

    /**
     * Unless something else is known, the customer's call ended when the agent's leg left, without a child call, and the agent's
     * leg went to the agent's device.
     */
    Evidence withPlainCalls() {
        calls.putIfAbsent(
                CUSTOMER,
                new CallLookup.Found(
                        call(CUSTOMER, Call.Status.COMPLETED, Optional.empty(), Optional.of(LEFT)), false));
        if (conference.isEmpty()) {
            children.putIfAbsent(CUSTOMER, List.of());
        }
        contact.ifPresent(device -> calls.putIfAbsent(
                AGENT,
                new CallLookup.Found(
                        call(AGENT, Call.Status.COMPLETED, Optional.of(device), Optional.of(LEFT)), false)));
        return this;
    }

    /** The customer's call was sent to nobody. */
    Evidence customerSentNowhere() {
        children.put(CUSTOMER, List.of());
        return this;
    }

    /** The customer's call was sent to this device, and is still there. */
    Evidence customerSentTo(Address device) {
        return customerSent(call(CHILD, Call.Status.IN_PROGRESS, Optional.of(device), Optional.empty()));
    }

    /** The customer's call was sent to this device, and was there until so long after this agent's leg went. */
    Evidence customerSentTo(Address device, Duration sinceLeft) {
        Optional<Instant> ended = Optional.of(LEFT.plus(sinceLeft));
        return customerSent(call(CHILD, Call.Status.COMPLETED, Optional.of(device), ended));
    }

    Evidence customerSent(Call child) {
        children.computeIfAbsent(CUSTOMER, parent -> new ArrayList<>()).add(child);
        return this;
    }

    private Evidence found(CallSid leg, Call call, boolean again) {
        calls.put(leg, new CallLookup.Found(call, again));
        return this;
    }

    static Call call(CallSid leg, Call.Status status, Optional<Address> to, Optional<Instant> ended) {
        return new Call(leg, status, to, ended);
    }

    /** Unless the log is whole, callbacks are missing between the joins and the leaves. */
    private ParticipantLog participantLog() {
        ParticipantLogBuilder log = ParticipantLog.builder();
        int order = isLogWhole ? -seen.size() : -1000;
        for (CallSid leg : seen) {
            log.changed(new ParticipantChange(leg, order++, LEFT, true, talking.contains(leg), false, false));
        }
        leaves.forEach(log::left);
        return log.build();
    }

    /** Voice Insights reports whose leg ended the segment. */
    Evidence reported(Role whose) {
        reportedEnd = Optional.of(whose);
        return this;
    }

    CallEvidence build() {
        return new CallEvidence(new EvidenceData(
                new Segment(
                        TASK,
                        OWN,
                        Optional.of(new WorkerSid("WK" + "a".repeat(32))),
                        contact,
                        Optional.of(ACCEPTED),
                        LEFT,
                        completed),
                new CallAttributes(Optional.of(ROOM), customerLeg, workerLeg, outbound, internal),
                marker,
                pluginInstalled,
                new OtherAgents(agents, transfers, joinedVia),
                participantLog(),
                conference,
                legs,
                calls,
                children,
                ignored,
                reportedEnd));
    }
}
