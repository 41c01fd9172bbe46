package io.hangupby.simulator;

import java.time.Instant;
import java.util.Optional;

/** A call between Twilio and one party, as the Call resource knows it. Guarded by the world's lock. */
final class PhoneCall {

    private final String sid;
    private final String direction;
    private final String from;
    private final String to;
    private final Instant created;
    private Status status;
    private Optional<String> parentCallSid = Optional.empty();
    private Optional<Instant> started = Optional.empty();
    private Optional<Instant> ended = Optional.empty();
    private final Lagged<View> shown;

    PhoneCall(String sid, String direction, String from, String to, Status status, Instant created) {
        this.sid = sid;
        this.direction = direction;
        this.from = from;
        this.to = to;
        this.status = status;
        this.created = created;
        if (status == Status.IN_PROGRESS) {
            this.started = Optional.of(created);
        }
        this.shown = new Lagged<>(view());
    }

    String sid() {
        return sid;
    }

    Status status() {
        return status;
    }

    String to() {
        return to;
    }

    boolean isOver() {
        return ended.isPresent();
    }

    boolean isChildOf(String parent) {
        return parentCallSid.equals(Optional.of(parent));
    }

    void childOf(String parent) {
        parentCallSid = Optional.of(parent);
    }

    void rings() {
        status = Status.RINGING;
    }

    void answered(Instant at) {
        status = Status.IN_PROGRESS;
        started = Optional.of(at);
    }

    void ended(Status how, Instant at) {
        if (isOver()) {
            return;
        }
        status = how;
        ended = Optional.of(at);
    }

    void publish(Instant at, ApiLag lag) {
        shown.publish(view(), at, lag);
    }

    View read(Instant at) {
        return shown.read(at);
    }

    private View view() {
        return new View(sid, parentCallSid, direction, from, to, status, created, started, ended);
    }

    enum Status {
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

        String wire() {
            return wire;
        }
    }

    record View(
            String sid,
            Optional<String> parentCallSid,
            String direction,
            String from,
            String to,
            Status status,
            Instant created,
            Optional<Instant> started,
            Optional<Instant> ended) {}
}
