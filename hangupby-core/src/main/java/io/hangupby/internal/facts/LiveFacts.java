package io.hangupby.internal.facts;

import io.hangupby.call.AccountSid;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.EventFields;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Counts what Twilio's events of calls are like, where its documents leave that open. Keeps no number, name or attribute. Keeps no SID
 * but those of tasks whose wrap-up came lately, for the order of the two. Thread-safe.
 */
public final class LiveFacts {
    /** The tasks whose first wrap-up is remembered, for the order of the two. */
    private static final int WRAP_UPS_AT_MOST = 1_024;

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
     * Notes an event of a call that came as a callback.
     *
     * @param event the event as it was understood
     * @param fields all its fields
     * @param hasToken whether the request had an idempotency token
     */
    public void callback(CallEvent event, EventFields fields, boolean hasToken) {
        if (event instanceof TaskRouterEvent ofTask) {
            callbacks.increment();
            count(withSid, fields.has("Sid"));
            count(withVersion, fields.has("TaskVersion"));
            count(withToken, hasToken);
            noteTaskRouter(ofTask, fields);
        } else {
            conferenceByForm.increment();
        }
        noteAge(event.at(), callbackDelay);
    }

    /** Notes an event of a call that Event Streams sent. */
    public void streamed(CallEvent event, EventFields fields) {
        if (event instanceof TaskRouterEvent ofTask) {
            streamed.increment();
            noteTaskRouter(ofTask, fields);
        } else {
            conferenceByStream.increment();
        }
        noteAge(event.at(), streamDelay);
    }

    private void noteTaskRouter(TaskRouterEvent event, EventFields fields) {
        if (event.type().isWrapUp()) {
            noteWrapUp(event.task().task().value(), event.type() == EventType.TASK_WRAPUP, event.at());
        } else if (event.type().isTransfer()) {
            noteTransfer(fields);
        }
    }

    private void noteWrapUp(String task, boolean ofTask, Instant at) {
        int slot = Math.floorMod(task.hashCode(), WRAP_UPS_AT_MOST);
        WrapUp known = wrapUps.getAndSet(slot, new WrapUp(task, ofTask, at));
        if (known.task().equals(task) && known.ofTask() != ofTask) {
            wrapUps.set(slot, WrapUp.NONE);
            int order = ofTask ? at.compareTo(known.at()) : known.at().compareTo(at);
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

    private void noteAge(Instant at, Spread delay) {
        delay.add(clock.millis() - at.toEpochMilli());
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
                "callbacks of calls: " + callbacks + "; with Sid " + withSid + ", with TaskVersion " + withVersion
                        + ", with an idempotency token " + withToken,
                "callbacks arrived after: " + callbackDelay,
                "events of calls by Event Streams: " + streamed + "; arrived after: " + streamDelay,
                "conference status callbacks: " + conferenceByForm + " to /conference, " + conferenceByStream
                        + " by Event Streams",
                "first wrap-up: task " + taskFirst + ", reservation " + reservationFirst + ", same time " + together,
                "transfer fields: " + transferFields());
    }

    private synchronized String transferFields() {
        return spellings.isEmpty() ? "none" : String.join(", ", spellings);
    }

    private record WrapUp(String task, boolean ofTask, Instant at) {
        static final WrapUp NONE = new WrapUp("", false, Instant.EPOCH);
    }
}
