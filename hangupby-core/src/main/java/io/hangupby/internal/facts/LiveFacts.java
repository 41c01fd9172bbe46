package io.hangupby.internal.facts;

import io.hangupby.call.AccountSid;
import io.hangupby.internal.event.CallbackTime;
import io.hangupby.internal.event.EventFields;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Counts what Twilio's events are like, where its documents leave that open. Keeps no number, name or attribute, and no SID but those of
 * tasks whose wrap-up came lately, for the order of the two. Thread-safe.
 */
public final class LiveFacts {
    /** The tasks whose first wrap-up is remembered, for the order of the two. */
    private static final int WRAP_UPS_AT_MOST = 1_024;

    /** In the year 1973: a smaller number counts no milliseconds since the epoch. */
    private static final long EARLIEST = 100_000_000_000L;

    /** Spellings that are remembered of one field; Twilio has a handful. */
    private static final int SPELLINGS_AT_MOST = 8;

    /** A spelling is a word in capitals or small letters: anything that could be a person's stays out. */
    private static final Pattern SPELLING = Pattern.compile("[A-Za-z_-]{1,20}");

    private static final List<String> TRANSFER_WORDS = List.of("TransferMode", "TransferType", "TransferStatus");
    private static final List<String> TRANSFER_FIELDS =
            List.of("TransferMode", "TransferType", "TransferTo", "TransferInitiatingReservationSid", "TransferStatus");

    private final Clock clock;
    private final Consumer<AccountSid> rateLimited;
    private final LongAdder callbacks = new LongAdder();
    private final LongAdder withSid = new LongAdder();
    private final LongAdder withToken = new LongAdder();
    private final LongAdder withVersion = new LongAdder();
    private final LongAdder conferenceByForm = new LongAdder();
    private final LongAdder conferenceByStream = new LongAdder();
    private final LongAdder streamed = new LongAdder();
    private final Spread callbackDelay = new Spread();
    private final Spread streamDelay = new Spread();

    /** By the tasks' hashes. A task displaces another of the same slot, which costs less than a lock at each wrap-up. */
    private final AtomicReferenceArray<WrapUp> wrapUps = new AtomicReferenceArray<>(
            Collections.nCopies(WRAP_UPS_AT_MOST, WrapUp.NONE).toArray(WrapUp[]::new));

    private final Set<String> spellings = new TreeSet<>();
    private final LongAdder taskFirst = new LongAdder();
    private final LongAdder reservationFirst = new LongAdder();
    private final LongAdder together = new LongAdder();

    /** Creates facts that ignore an account whose limit is used up. */
    public LiveFacts(Clock clock) {
        this(clock, account -> {});
    }

    /**
     * @param clock says how old an event is when it arrives
     * @param rateLimited receives an account whose limit of task updates is used up
     */
    public LiveFacts(Clock clock, Consumer<AccountSid> rateLimited) {
        this.clock = clock;
        this.rateLimited = rateLimited;
    }

    /** Notes that Twilio turned requests of an account away, because its limit is used up. */
    public void rateLimited(AccountSid account) {
        rateLimited.accept(account);
    }

    /**
     * Notes a callback of the workspace.
     *
     * @param hasToken whether the request had an idempotency token
     */
    public void callback(EventFields event, boolean hasToken) {
        callbacks.increment();
        count(withSid, event.has("Sid"));
        count(withVersion, event.has("TaskVersion"));
        count(withToken, hasToken);
        noteTaskRouter(event, callbackDelay);
    }

    /** Notes a status callback of a conference. */
    public void conferenceCallback(EventFields event) {
        conferenceByForm.increment();
        noteAge(millis(event).or(() -> date(event)), callbackDelay);
    }

    /** Notes an event of TaskRouter that Event Streams sent. */
    public void streamed(EventFields event) {
        streamed.increment();
        noteTaskRouter(event, streamDelay);
    }

    /** Notes a status callback of a conference that Event Streams sent. */
    public void streamedConferenceCallback(EventFields event) {
        conferenceByStream.increment();
        noteAge(millis(event).or(() -> date(event)), streamDelay);
    }

    private void noteTaskRouter(EventFields event, Spread delay) {
        Optional<Long> at = millis(event);
        noteAge(at.or(() -> date(event)), delay);
        String type = event.text("EventType").orElse("");
        if (type.equals("task.wrapup") || type.equals("reservation.wrapup")) {
            at.ifPresent(millis -> noteWrapUp(event, type.equals("task.wrapup"), millis));
        } else if (type.startsWith("task.transfer-")) {
            noteTransfer(event);
        }
    }

    private void noteWrapUp(EventFields event, boolean ofTask, long at) {
        event.text("TaskSid").ifPresent(task -> noteWrapUp(task, ofTask, at));
    }

    private void noteWrapUp(String task, boolean ofTask, long at) {
        int slot = Math.floorMod(task.hashCode(), WRAP_UPS_AT_MOST);
        WrapUp known = wrapUps.getAndSet(slot, new WrapUp(task, ofTask, at));
        if (known.task().equals(task) && known.ofTask() != ofTask) {
            wrapUps.set(slot, WrapUp.NONE);
            int order = ofTask ? Long.compare(at, known.at()) : Long.compare(known.at(), at);
            (order == 0 ? together : order < 0 ? taskFirst : reservationFirst).increment();
        }
    }

    private synchronized void noteTransfer(EventFields event) {
        for (String field : TRANSFER_FIELDS) {
            event.text(field)
                    .map(value -> TRANSFER_WORDS.contains(field)
                                    && SPELLING.matcher(value).matches()
                            ? field + "=" + value
                            : field)
                    .filter(spelling -> spellings.size() < SPELLINGS_AT_MOST * TRANSFER_FIELDS.size())
                    .ifPresent(spellings::add);
        }
    }

    private void noteAge(Optional<Long> at, Spread delay) {
        at.ifPresent(millis -> delay.add(clock.millis() - millis));
    }

    /** Returns when an event happened, in milliseconds since the epoch. */
    private static Optional<Long> millis(EventFields event) {
        return event.number("TimestampMs").filter(millis -> millis >= EARLIEST);
    }

    /** Returns when a conference status callback was sent, which has a date in place of a number. */
    private static Optional<Long> date(EventFields event) {
        return event.text("Timestamp").flatMap(CallbackTime::parse).map(Instant::toEpochMilli);
    }

    private static void count(LongAdder counter, boolean condition) {
        if (condition) {
            counter.increment();
        }
    }

    /** Returns the facts as lines for a report. */
    public String text() {
        return String.join(
                "\n",
                "callbacks: " + callbacks + "; with Sid " + withSid + ", with TaskVersion " + withVersion
                        + ", with an idempotency token " + withToken,
                "callbacks arrived after: " + callbackDelay,
                "events by Event Streams: " + streamed + "; arrived after: " + streamDelay,
                "conference status callbacks: " + conferenceByForm + " to /conference, " + conferenceByStream
                        + " by Event Streams",
                "first wrap-up: task " + taskFirst + ", reservation " + reservationFirst + ", same time " + together,
                "transfer fields: " + transferFields());
    }

    private synchronized String transferFields() {
        return spellings.isEmpty() ? "none" : String.join(", ", spellings);
    }

    /** @param at milliseconds since the epoch */
    private record WrapUp(String task, boolean ofTask, long at) {
        static final WrapUp NONE = new WrapUp("", false, 0);
    }
}
