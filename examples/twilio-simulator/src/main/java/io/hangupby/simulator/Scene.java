package io.hangupby.simulator;

import io.hangupby.simulator.ReservationState.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What one simulated call consists of, and the frame of each step: the parties act, then Flex and TaskRouter react, then
 * the API shows it. All but the constructor, {@link #change} and {@link #look} is guarded by the world's lock.
 */
final class Scene {

    private final World world;
    private final Workplace workplace;
    private final Sids sids;
    private final Kind kind;
    private final CallOptions options;
    private final TaskState task;
    private final TaskRouter router;
    private final Truth truth;
    private final List<PhoneCall> calls = new ArrayList<>();
    private final List<Transfer> transfers = new ArrayList<>();
    private Optional<Room> room = Optional.empty();
    private Optional<ConferenceForms> forms = Optional.empty();
    private Optional<PhoneCall> customer = Optional.empty();

    Scene(World world, Workplace workplace, Sids sids, Kind kind, CallOptions options, TaskState task) {
        this.world = world;
        this.workplace = workplace;
        this.sids = sids;
        this.kind = kind;
        this.options = options;
        this.task = task;
        this.router = new TaskRouter(this);
        this.truth = new Truth(this);
    }

    // ---- steps

    /** Lets the parties do something in one moment, and everything follow from it. */
    void change(Consumer<World.Moment> step) {
        world.step(moment -> {
            step.accept(moment);
            room.ifPresent(meeting -> EndFlags.update(meeting, options));
            tellOfConference(moment);
            router.settle(moment);
            room.ifPresent(meeting -> meeting.publish(moment.at(), options.lag()));
            calls.forEach(call -> call.publish(moment.at(), options.lag()));
        });
    }

    <T> T look(Supplier<T> question) {
        return world.stepAndGet(moment -> question.get());
    }

    private void tellOfConference(World.Moment moment) {
        room.map(Room::takeNotices).stream()
                .flatMap(List::stream)
                .filter(notice -> options.conferenceCallbacks())
                .map(notice -> forms.orElseThrow().event(notice, customer, moment.at()))
                .forEach(moment::tell);
    }

    // ---- what there is

    World world() {
        return world;
    }

    Workplace workplace() {
        return workplace;
    }

    Sids sids() {
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

    TaskRouter router() {
        return router;
    }

    Truth truth() {
        return truth;
    }

    List<Transfer> transfers() {
        return transfers;
    }

    Optional<Room> room() {
        return room;
    }

    Optional<PhoneCall> customer() {
        return customer;
    }

    void customer(PhoneCall call) {
        customer = Optional.of(call);
    }

    // ---- what can be added

    /** A conference begins, which TaskRouter made for a reservation. */
    Room open(ReservationState reservation, World.Moment moment) {
        Room opened = new Room(sids.next("CF"), task.sid(), moment.at(), options.evidenceHidden());
        moment.add(opened, task.sid());
        room = Optional.of(opened);
        forms = Optional.of(
                new ConferenceForms(workplace, sids, opened, reservation.sid(), options.customerEndsConference()));
        return opened;
    }

    PhoneCall dial(String to, PhoneCall.Status status, World.Moment moment) {
        PhoneCall call = new PhoneCall(sids.next("CA"), "outbound-api", workplace.number(), to, status, moment.at());
        own(call, moment);
        return call;
    }

    /** The call of a party on the line is connected to a number. */
    void dialChild(PhoneCall parent, String to, World.Moment moment) {
        PhoneCall call = new PhoneCall(
                sids.next("CA"), "outbound-dial", workplace.number(), to, PhoneCall.Status.RINGING, moment.at());
        call.childOf(parent.sid());
        own(call, moment);
    }

    void own(PhoneCall call, World.Moment moment) {
        moment.add(call, task.sid());
        calls.add(call);
    }

    /** Ends the calls that the customer's has begun, as happens when the customer hangs up. */
    void endChildrenOf(PhoneCall parent, World.Moment moment) {
        calls.stream()
                .filter(call -> call.isChildOf(parent.sid()))
                .forEach(call -> call.ended(PhoneCall.Status.COMPLETED, moment.at()));
    }

    // ---- what must be there

    Room meeting() {
        return room.orElseThrow(() -> new IllegalStateException("nobody has accepted the call"));
    }

    Leg leg(Party.Kind who) {
        return meeting().leg(who).orElseThrow(() -> new IllegalStateException("no " + who + " is in the conference"));
    }

    Leg leg(Agent agent) {
        return meeting()
                .leg(agent)
                .orElseThrow(() -> new IllegalStateException(agent.name() + " is not in the conference"));
    }

    ReservationState reservation(Agent agent, Status standing) {
        return task.reservation(agent, standing)
                .orElseThrow(() -> new IllegalStateException(agent.name() + " has nothing " + standing.wire()));
    }

    /** What sort of call it is. */
    enum Kind {
        INBOUND,
        OUTBOUND,
        INTERNAL,
        VOICEMAIL
    }
}
