package io.hangupby.simulator;

import io.hangupby.simulator.Ending.Act;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A call that is played step by step. Each step changes what the API shows in one moment and then sends the events that
 * TaskRouter would; the call remembers from what the parties did how each segment really ended. Thread-safe, though the
 * steps of one call make sense only in an order.
 */
public final class SimulatedCall {

    private static final String ENDED = "Conference ended";

    private final World world;
    private final Delivery delivery;
    private final Workplace workplace;
    private final Sids sids;
    private final Kind kind;
    private final CallOptions options;
    private final TaskState task;

    // The following are guarded by the world's lock.
    private final Map<String, Ending> truth = new LinkedHashMap<>();
    private final List<PhoneCall> calls = new ArrayList<>();
    private Optional<Room> room = Optional.empty();
    private Optional<PhoneCall> customer = Optional.empty();
    private Optional<Ending> queueEnding = Optional.empty();
    private Optional<Snapshot> queueSnapshot = Optional.empty();

    SimulatedCall(
            World world,
            Delivery delivery,
            Workplace workplace,
            Sids sids,
            Kind kind,
            CallOptions options,
            TaskState task) {
        this.world = world;
        this.delivery = delivery;
        this.workplace = workplace;
        this.sids = sids;
        this.kind = kind;
        this.options = options;
        this.task = task;
    }

    // ---- how it begins

    /** The task comes into being, and with it the call of a customer who is already on the line. */
    SimulatedCall begins(Optional<PhoneCall> caller) {
        world.step(moment -> {
            moment.add(task);
            caller.ifPresent(call -> {
                customer = caller;
                own(call, moment);
            });
            moment.tellTask("task.created", task);
            moment.tellQueue("workflow.entered", task);
        });
        return this;
    }

    /** The task is put into a queue. May be left out. */
    public SimulatedCall waitsInQueue() {
        world.step(moment -> {
            moment.tellQueue("workflow.target-matched", task);
            moment.tellQueue("task-queue.entered", task);
        });
        return this;
    }

    /** The task is offered to an agent. */
    public SimulatedCall rings(Agent agent) {
        world.step(moment -> {
            ReservationState reservation = task.reserve(sids.next("WR"), agent, moment.at());
            moment.own(reservation.sid(), task.sid());
            task.become(TaskState.Status.RESERVED, moment.at());
            moment.tellReservation(task, reservation);
        });
        return this;
    }

    /** The agent takes the call, having been offered it if need be: a conference begins. */
    public SimulatedCall accepts(Agent agent) {
        if (find(agent, ReservationState.Status.PENDING).isEmpty()) {
            rings(agent);
        }
        return change(moment -> {
            task.become(TaskState.Status.ASSIGNED, moment.at());
            moment.move(task, pending(agent), ReservationState.Status.ACCEPTED);
            if (kind != Kind.VOICEMAIL) {
                connect(agent, moment);
            }
        });
    }

    /** The agent refuses the call; the task waits again. */
    public SimulatedCall declines(Agent agent) {
        return returnsToQueue(agent, ReservationState.Status.REJECTED);
    }

    /** The agent lets the call ring; the task waits again. */
    public SimulatedCall doesNotAnswer(Agent agent) {
        return returnsToQueue(agent, ReservationState.Status.TIMEOUT);
    }

    private SimulatedCall returnsToQueue(Agent agent, ReservationState.Status how) {
        return change(moment -> {
            task.become(TaskState.Status.PENDING, moment.at());
            moment.move(task, pending(agent), how);
        });
    }

    private void connect(Agent agent, World.Moment moment) {
        Room meeting = new Room(sids.next("CF"), task.sid(), moment.at(), options.evidenceHidden());
        moment.add(meeting, task.sid());
        room = Optional.of(meeting);
        PhoneCall agentCall = dial(agent.contactUri(), PhoneCall.Status.IN_PROGRESS, moment);
        meeting.join(new Leg(agentCall, Party.of(agent), options.agentEndsConference(), moment.at()));
        customer.ifPresent(
                call -> meeting.join(new Leg(call, Party.CUSTOMER, options.customerEndsConference(), moment.at())));
        meeting.publish(moment.at(), ApiLag.NONE);
        task.edit(text -> JsonText.set(text, conference(meeting, agentCall), "conference"), moment.at());
        moment.tellTask("task.updated", task);
    }

    private String conference(Room meeting, PhoneCall worker) {
        String participants =
                customer.map(call -> ",\"customer\":\"" + call.sid() + "\"").orElse("");
        return "{\"sid\":\"" + meeting.sid() + "\",\"participants\":{\"worker\":\"" + worker.sid() + "\"" + participants
                + "}}";
    }

    private PhoneCall dial(String to, PhoneCall.Status status, World.Moment moment) {
        PhoneCall call = new PhoneCall(sids.next("CA"), "outbound-api", workplace.number(), to, status, moment.at());
        own(call, moment);
        return call;
    }

    private void own(PhoneCall call, World.Moment moment) {
        moment.add(call, task.sid());
        calls.add(call);
    }

    // ---- dialling out

    /** Flex dials the customer for an agent who sits in the conference already. */
    SimulatedCall dials(Agent agent, String number) {
        world.step(moment -> customer = Optional.of(dial(number, PhoneCall.Status.RINGING, moment)));
        return accepts(agent);
    }

    /** Flex dials a colleague, who answers; there is no customer. */
    SimulatedCall dialsColleague(Agent agent, Agent colleague) {
        accepts(agent);
        return change(moment -> meeting()
                .join(new Leg(
                        dial(colleague.contactUri(), PhoneCall.Status.IN_PROGRESS, moment),
                        Party.of(colleague),
                        options.customerEndsConference(),
                        moment.at())));
    }

    /** The dialled customer answers. */
    public SimulatedCall customerAnswers() {
        return change(moment -> customerLeg().call().answered(moment.at()));
    }

    /** The dialled customer is busy; Flex takes the agent's leg down. */
    public SimulatedCall customerBusy() {
        return customerIsNotReached(PhoneCall.Status.BUSY);
    }

    /** The dialled customer does not answer; Flex takes the agent's leg down. */
    public SimulatedCall customerNoAnswer() {
        return customerIsNotReached(PhoneCall.Status.NO_ANSWER);
    }

    /** The call to the customer cannot be put through; Flex takes the agent's leg down. */
    public SimulatedCall callFails() {
        return customerIsNotReached(PhoneCall.Status.FAILED);
    }

    private SimulatedCall customerIsNotReached(PhoneCall.Status how) {
        change(moment -> {
            ended(Act.NEVER_CONNECTED, any -> true);
            meeting().addFailed(customerLeg(), how, moment.at());
        });
        return change(moment ->
                meeting().leg(Party.Kind.AGENT).ifPresent(leg -> meeting().hangUp(leg, moment.at())));
    }

    /** The agent gives up before the customer answers, and the plugin leaves its marker. */
    public SimulatedCall agentCancelsDial(Agent agent) {
        return agentCancelsDial(agent, Marker.NAMED);
    }

    /** The agent gives up before the customer answers. */
    public SimulatedCall agentCancelsDial(Agent agent, Marker marker) {
        mark(agent, marker);
        return change(moment -> {
            ended(Act.AGENT_CANCELLED_DIAL, any -> true);
            Leg leg = leg(agent);
            if (!leg.endOnExit()) {
                meeting().addFailed(customerLeg(), PhoneCall.Status.CANCELED, moment.at());
            }
            meeting().hangUp(leg, moment.at());
        });
    }

    // ---- how it ends

    /** The customer hangs up. */
    public SimulatedCall customerHangsUp() {
        return customerLeaves(Act.CUSTOMER_HUNG_UP);
    }

    /** The customer's mobile loses its signal and the leg ends. */
    public SimulatedCall customerLosesSignal() {
        return customerLeaves(Act.CUSTOMER_LOST_SIGNAL);
    }

    private SimulatedCall customerLeaves(Act act) {
        return change(moment -> {
            ended(act, any -> true);
            meeting().hangUp(customerLeg(), moment.at());
        });
    }

    /** The agent clicks Hang up, and the plugin leaves its full marker. */
    public SimulatedCall agentClicksHangUp(Agent agent) {
        return agentClicksHangUp(agent, Marker.NAMED);
    }

    /** The agent clicks Hang up. The plugin writes first, then the leg goes. */
    public SimulatedCall agentClicksHangUp(Agent agent, Marker marker) {
        mark(agent, marker);
        return agentLeaves(agent, Act.AGENT_CLICKED);
    }

    /** The agent's page is refreshed; the leg goes, and nothing is marked. */
    public SimulatedCall agentRefreshes(Agent agent) {
        return agentLeaves(agent, Act.AGENT_REFRESHED);
    }

    /** The agent's browser, computer or network fails; the leg goes, and nothing is marked. */
    public SimulatedCall agentCrashes(Agent agent) {
        return agentLeaves(agent, Act.AGENT_CRASHED);
    }

    /** The agent puts down the handset of a desk phone; nothing is marked. */
    public SimulatedCall agentPutsDownHandset(Agent agent) {
        return agentLeaves(agent, Act.AGENT_PUT_DOWN_HANDSET);
    }

    private SimulatedCall agentLeaves(Agent agent, Act act) {
        return change(moment -> {
            ended(act, by(agent));
            meeting().hangUp(leg(agent), moment.at());
        });
    }

    /** The agent's connection is away for a moment and comes back; the leg stays. */
    public SimulatedCall agentConnectionBlips(Agent agent) {
        change(moment -> moment.tellWorker("worker.activity.update", agent, "Offline"));
        return change(moment -> moment.tellWorker("worker.activity.update", agent, "Available"));
    }

    /** The customer is put on hold. */
    public SimulatedCall hold() {
        return change(moment -> customerLeg().hold(true));
    }

    /** The customer is taken off hold. */
    public SimulatedCall unhold() {
        return change(moment -> customerLeg().hold(false));
    }

    /** The agent removes the customer from the conference. */
    public SimulatedCall agentRemovesCustomer(Agent agent) {
        return change(moment -> {
            ended(Act.AGENT_REMOVED_CUSTOMER, by(agent));
            meeting().kick(customerLeg(), moment.at());
        });
    }

    /** A program ends the conference through the API. */
    public SimulatedCall programEndsConference() {
        return change(moment -> {
            ended(Act.PROGRAM_ENDED_CONFERENCE, any -> true);
            meeting().endViaApi(moment.at());
        });
    }

    /** The agent ends the call for all, which Flex does through the API, and the plugin leaves its full marker. */
    public SimulatedCall agentEndsForAll(Agent agent) {
        return agentEndsForAll(agent, Marker.NAMED);
    }

    /** The agent ends the call for all, which Flex does through the API. */
    public SimulatedCall agentEndsForAll(Agent agent, Marker marker) {
        mark(agent, marker);
        return change(moment -> {
            ended(Act.AGENT_ENDED_FOR_ALL, any -> true);
            meeting().endViaApi(moment.at());
        });
    }

    /** A program moves the customer on, to a survey or a flow: the conference ends, the customer's call goes on. */
    public SimulatedCall customerMovedOn() {
        return movedOn(Act.PROGRAM_MOVED_CUSTOMER);
    }

    /** The agent clicks, and the customer is moved on to a survey. */
    public SimulatedCall customerMovedOn(Agent clicker, Marker marker) {
        mark(clicker, marker);
        return movedOn(Act.AGENT_SENT_CUSTOMER_ON);
    }

    private SimulatedCall movedOn(Act act) {
        return change(moment -> {
            ended(act, any -> true);
            meeting().moveOut(customerLeg(), moment.at());
        });
    }

    /** A customer who was moved on hangs up at last: the call ends, long after the conference. */
    public SimulatedCall movedCustomerHangsUp() {
        return change(moment -> customer.ifPresent(call -> call.ended(PhoneCall.Status.COMPLETED, moment.at())));
    }

    /** The customer gives up in the queue, or while an agent's phone rings: the task is cancelled. */
    public SimulatedCall customerGivesUp() {
        return change(moment -> {
            customer.ifPresent(call -> call.ended(PhoneCall.Status.COMPLETED, moment.at()));
            task.become(TaskState.Status.CANCELED, "hangup", moment.at());
            task.reservations().stream()
                    .filter(ReservationState::isOpen)
                    .forEach(ringing -> moment.move(task, ringing, ReservationState.Status.CANCELED));
            queueEnding = Optional.of(ending(Act.ABANDONED));
            queueSnapshot = Optional.of(Snapshot.of(moment.at(), task.attributes()));
            moment.tellTask("task.canceled", task);
        });
    }

    /** The agent finishes a task that has no call: a voicemail. */
    public SimulatedCall agentFinishesTask(Agent agent) {
        return change(moment -> {
            ended(Act.NO_CUSTOMER, by(agent));
            wrapUp(List.of(accepted(agent)), moment);
        });
    }

    /** The agent completes the after-call work. This is when Flex Insights copies the attributes. */
    public SimulatedCall completes(Agent agent) {
        return change(moment -> {
            ReservationState reservation = wrapping(agent);
            reservation.complete(Snapshot.of(moment.at(), task.attributes()));
            moment.tellReservation(task, reservation);
            boolean last = task.reservations().stream()
                    .noneMatch(other -> other.isOpen() || other.is(ReservationState.Status.WRAPPING));
            if (last && !task.isOver()) {
                task.become(TaskState.Status.COMPLETED, ENDED, moment.at());
                moment.tellTask("task.completed", task, agent);
            }
        });
    }

    // ---- what can be asked

    /** The task's SID. */
    public String taskSid() {
        return task.sid();
    }

    /** The conference's SID, once there is one. */
    public Optional<String> conferenceSid() {
        return look(() -> room.map(Room::sid));
    }

    /** The SID of the customer's call, if there is one. */
    public Optional<String> customerCallSid() {
        return look(() -> customer.map(PhoneCall::sid));
    }

    /** The SID of the agent's latest reservation on the task. */
    public String reservationSid(Agent agent) {
        return look(() -> task.reservation(agent)
                .map(ReservationState::sid)
                .orElseThrow(() -> new NoSuchElementException(agent.name() + " has no reservation")));
    }

    /** The options it is played with. */
    public CallOptions options() {
        return options;
    }

    /** The task, as it stands at Twilio. */
    public SimulatedTask task() {
        return new SimulatedTask(world, task);
    }

    /** How each segment really ended, by the SID of its reservation; those that have not ended are not in it. */
    public Map<String, Ending> truth() {
        return look(() -> Collections.unmodifiableMap(new LinkedHashMap<>(truth)));
    }

    /** How the queue segment ended, where the customer gave up. */
    public Optional<Ending> queueEnding() {
        return look(() -> queueEnding);
    }

    /** The attributes when the task was cancelled. */
    public Optional<Snapshot> queueSnapshot() {
        return look(() -> queueSnapshot);
    }

    /** The attributes when the reservation completed, as Flex Insights copied them; empty before. */
    public Optional<Snapshot> snapshot(String reservationSid) {
        return look(() -> task.reservation(reservationSid).flatMap(ReservationState::snapshot));
    }

    /** {@code conversations.hang_up_by} when the reservation completed, as Flex Insights copied it. */
    public Optional<String> hangUpByAtCompletion(String reservationSid) {
        return snapshot(reservationSid).flatMap(Snapshot::hangUpBy);
    }

    /** The time from the reservation's wrap-up to the write that put the right value there, if there was one. */
    public Optional<Duration> timeToValue(String reservationSid) {
        return look(() -> {
            Optional<Instant> wrapUp = task.reservation(reservationSid).flatMap(ReservationState::wrapUp);
            Optional<String> right =
                    Optional.ofNullable(truth.get(reservationSid)).flatMap(Ending::hangUpBy);
            return wrapUp.flatMap(from -> task.writes().stream()
                    .filter(write -> write.applied() && right.isPresent())
                    .filter(write -> JsonText.readText(write.after(), "conversations", "hang_up_by")
                            .equals(right))
                    .map(TaskWrite::at)
                    .filter(at -> !at.isBefore(from))
                    .findFirst()
                    .map(at -> Duration.between(from, at)));
        });
    }

    /** The order in which the legs left the conference so far. */
    public List<Leave> leaves() {
        return look(() -> room.map(Room::leaves).orElse(List.of()));
    }

    /** The events sent about the task so far, oldest first. */
    public List<WorkspaceEvent> events() {
        return world.stepAndGet(moment -> moment.log().stream()
                .filter(event -> event.taskSid().equals(task.sid()))
                .toList());
    }

    // ---- events out of order

    /** Delivers the latest event of a type again, as it was. */
    public SimulatedCall repeats(String eventType) {
        List<WorkspaceEvent> alike = events().stream()
                .filter(event -> event.type().equals(eventType))
                .toList();
        if (alike.isEmpty()) {
            throw new IllegalStateException("no " + eventType + " to repeat");
        }
        delivery.send(alike.get(alike.size() - 1));
        return this;
    }

    /** Somebody posts an event of a reservation with a wrong signature; answers the status that it got. */
    public int forges(String eventType, Agent agent) {
        WorkspaceEvent forged = world.stepAndGet(moment ->
                moment.reservationEvent(eventType, task, task.reservation(agent).orElseThrow()));
        return delivery.postForged(forged.params());
    }

    // ---- inside

    private SimulatedCall change(Consumer<World.Moment> step) {
        world.step(moment -> {
            step.accept(moment);
            wrapUpTheDeparted(moment);
            room.ifPresent(meeting -> meeting.publish(moment.at(), options.lag()));
            calls.forEach(call -> call.publish(moment.at(), options.lag()));
        });
        return this;
    }

    private <T> T look(Supplier<T> question) {
        return world.stepAndGet(moment -> question.get());
    }

    /** TaskRouter puts an agent into wrap-up whose leg is no longer in the conference. */
    private void wrapUpTheDeparted(World.Moment moment) {
        room.ifPresent(meeting -> wrapUp(
                task.reservations().stream()
                        .filter(reservation -> reservation.is(ReservationState.Status.ACCEPTED))
                        .filter(reservation -> meeting.leg(reservation.agent()).isEmpty())
                        .toList(),
                moment));
    }

    private void wrapUp(List<ReservationState> leaving, World.Moment moment) {
        if (leaving.isEmpty()) {
            return;
        }
        leaving.forEach(reservation -> reservation.become(ReservationState.Status.WRAPPING, moment.at()));
        boolean last = !task.hasOpenReservation();
        if (last) {
            task.become(TaskState.Status.WRAPPING, ENDED, moment.at());
        }
        leaving.forEach(reservation -> moment.tellReservation(task, reservation));
        if (last) {
            moment.tellTask("task.wrapup", task, leaving.get(leaving.size() - 1).agent());
        }
    }

    /** The plugin's write, which comes before whatever the click does. */
    private void mark(Agent agent, Marker marker) {
        if (marker == Marker.NONE || !options.takesValue()) {
            return;
        }
        change(moment -> {
            task.edit(text -> marked(text, agent, marker, moment.at()), moment.at());
            moment.tellTask("task.updated", task);
        });
    }

    private String marked(String text, Agent agent, Marker marker, Instant at) {
        String bare = JsonText.set(text, "\"agent\"", "conversations", "hang_up_by");
        if (marker == Marker.BARE) {
            return bare;
        }
        String named = "{\"agent_hangup\":{\"reservation\":\"%s\",\"at\":%d}}"
                .formatted(accepted(agent).sid(), at.toEpochMilli());
        return JsonText.set(bare, named, "hangupby");
    }

    /** Remembers how segments ended; the first act that ends one is the one that counts. */
    private void ended(Act act, Predicate<ReservationState> whose) {
        task.reservations().stream()
                .filter(reservation -> reservation.is(ReservationState.Status.ACCEPTED))
                .filter(whose)
                .forEach(reservation -> truth.putIfAbsent(reservation.sid(), ending(actually(act))));
    }

    private Act actually(Act act) {
        if (kind == Kind.INTERNAL || kind == Kind.VOICEMAIL) {
            return Act.NO_CUSTOMER;
        }
        boolean dialling = customer.filter(call -> call.status() == PhoneCall.Status.RINGING)
                .isPresent();
        if (!dialling) {
            return act;
        }
        return act == Act.AGENT_CLICKED || act == Act.AGENT_CANCELLED_DIAL
                ? Act.AGENT_CANCELLED_DIAL
                : Act.NEVER_CONNECTED;
    }

    private Ending ending(Act act) {
        boolean tellable = options.takesValue() && !options.evidenceHidden();
        return new Ending(act, tellable ? act.hangUpBy() : Optional.empty());
    }

    private Predicate<ReservationState> by(Agent agent) {
        return reservation -> kind == Kind.INTERNAL || reservation.agent().equals(agent);
    }

    private Room meeting() {
        return room.orElseThrow(() -> new IllegalStateException("nobody has accepted the call"));
    }

    private Leg customerLeg() {
        return meeting()
                .leg(Party.Kind.CUSTOMER)
                .orElseThrow(() -> new IllegalStateException("the customer is not in the conference"));
    }

    private Leg leg(Agent agent) {
        return meeting()
                .leg(agent)
                .orElseThrow(() -> new IllegalStateException(agent.name() + " is not in the conference"));
    }

    private ReservationState pending(Agent agent) {
        return in(agent, ReservationState.Status.PENDING);
    }

    private ReservationState accepted(Agent agent) {
        return in(agent, ReservationState.Status.ACCEPTED);
    }

    private ReservationState wrapping(Agent agent) {
        return in(agent, ReservationState.Status.WRAPPING);
    }

    private ReservationState in(Agent agent, ReservationState.Status status) {
        return task.reservation(agent)
                .filter(reservation -> reservation.is(status))
                .orElseThrow(() -> new IllegalStateException(agent.name() + " has nothing " + status.wire()));
    }

    private Optional<ReservationState> find(Agent agent, ReservationState.Status status) {
        return look(() -> task.reservation(agent).filter(reservation -> reservation.is(status)));
    }

    /** What sort of call it is. */
    enum Kind {
        INBOUND,
        OUTBOUND,
        INTERNAL,
        VOICEMAIL
    }
}
