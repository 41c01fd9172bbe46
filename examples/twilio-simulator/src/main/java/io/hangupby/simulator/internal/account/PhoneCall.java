package io.hangupby.simulator.internal.account;

import java.time.Instant;
import java.util.Optional;

/** A call between Twilio and one party, as the Call resource shows it. Guarded by the account's lock. */
public final class PhoneCall {

    private final String sid;
    private final String direction;
    private final String from;
    private final String to;
    private final Instant created;
    private Status status;
    private Optional<String> parentCallSid = Optional.empty();
    private Optional<Instant> started = Optional.empty();
    private Optional<Instant> ended = Optional.empty();
    private Ending ending = Ending.PARTY;
    private final LaggingView<View> shown;

    public PhoneCall(String sid, String direction, String from, String to, Status status, Instant created) {
        this.sid = sid;
        this.direction = direction;
        this.from = from;
        this.to = to;
        this.status = status;
        this.created = created;
        if (status == Status.IN_PROGRESS) {
            this.started = Optional.of(created);
        }
        this.shown = new LaggingView<>(view());
    }

    public String sid() {
        return sid;
    }

    public Status status() {
        return status;
    }

    public String to() {
        return to;
    }

    public boolean isOver() {
        return ended.isPresent();
    }

    public boolean isChildOf(String parent) {
        return parentCallSid.equals(Optional.of(parent));
    }

    public void childOf(String parent) {
        parentCallSid = Optional.of(parent);
    }

    public void rings() {
        status = Status.RINGING;
    }

    public void pickedUp(Instant at) {
        status = Status.IN_PROGRESS;
        started = Optional.of(at);
    }

    /** The party hangs up, unless its connection was lost. */
    public void ended(Status how, Instant at) {
        ended(how, at, ending);
    }

    public void ended(Status how, Instant at, Ending side) {
        if (isOver()) {
            return;
        }
        status = how;
        ended = Optional.of(at);
        ending = ending == Ending.LOST ? Ending.LOST : side;
    }

    /** The party's connection is lost: neither side says goodbye. */
    public void losesConnection() {
        ending = Ending.LOST;
    }

    /** Returns the call as it is, whatever the API shows. */
    public View now() {
        return view();
    }

    /** Shows the present state in the API, once the lag is over. */
    public void publish(Instant at, ApiLag lag) {
        shown.publish(view(), at, lag);
    }

    /** Returns what the API shows at this moment. */
    public View read(Instant at) {
        return shown.read(at);
    }

    private View view() {
        return new View(sid, parentCallSid, direction, from, to, status, created, started, ended, ending);
    }

    /** From which side a call was ended. */
    public enum Ending {
        /** The party hung up. */
        PARTY,
        /** Twilio ended the call, for another party or for a program. */
        TWILIO,
        /** The party's connection was lost. */
        LOST
    }

    public enum Status {
        QUEUED("queued"),
        RINGING("ringing"),
        IN_PROGRESS("in-progress"),
        COMPLETED("completed"),
        BUSY("busy"),
        FAILED("failed"),
        NO_ANSWER("no-answer"),
        CANCELED("canceled");

        private final String wire;

        Status(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }
    }

    /** A call as the API shows it. */
    public record View(
            String sid,
            Optional<String> parentCallSid,
            String direction,
            String from,
            String to,
            Status status,
            Instant created,
            Optional<Instant> started,
            Optional<Instant> ended,
            Ending ending) {}
}
