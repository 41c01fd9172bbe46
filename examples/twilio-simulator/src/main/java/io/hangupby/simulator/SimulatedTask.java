package io.hangupby.simulator;

import io.hangupby.simulator.account.EventVersions;
import io.hangupby.simulator.account.TaskWrite;
import io.hangupby.simulator.internal.account.AccountState;
import io.hangupby.simulator.internal.account.TaskState;
import io.hangupby.simulator.internal.text.InPlaceJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A task as Twilio has it, and the edits of other writers. Thread-safe. */
public final class SimulatedTask {

    private final AccountState account;
    private final TaskState task;
    private final FailureReport failure;
    private final int unauthenticatedBefore;

    /** @param unauthenticatedBefore how many requests without the right credentials came before the task */
    SimulatedTask(AccountState account, TaskState task, FailureReport failure, int unauthenticatedBefore) {
        this.account = account;
        this.task = task;
        this.failure = failure;
        this.unauthenticatedBefore = unauthenticatedBefore;
    }

    /** Returns the task's SID. */
    public String sid() {
        return task.sid();
    }

    /** Returns the text of its attributes, byte for byte. */
    public String attributes() {
        return account.inOneMoment(moment -> task.attributes());
    }

    /** Returns the text that its attributes would have without any update through the API. */
    public String baseline() {
        return account.inOneMoment(moment -> task.baseline());
    }

    /** Returns {@code conversations.hang_up_by}, if it is a string. */
    public Optional<String> hangUpBy() {
        return InPlaceJson.readText(attributes(), "conversations", "hang_up_by");
    }

    /** Returns {@code conversations.destination}, if it is a string. */
    public Optional<String> destination() {
        return InPlaceJson.readText(attributes(), "conversations", "destination");
    }

    /** Returns the version, which is the ETag. */
    public int version() {
        return account.inOneMoment(moment -> task.version());
    }

    /** Returns the assignment status, as the API writes it. */
    public String status() {
        return account.inOneMoment(moment -> task.status().wire());
    }

    /** Returns the updates that were requested through the API, rejected updates included, oldest first. */
    public List<TaskWrite> writes() {
        return account.inOneMoment(moment -> task.writes());
    }

    /**
     * Waits until {@code conversations.hang_up_by} is this value.
     *
     * @throws IllegalStateException if it does not have the value within the limit, or if interrupted; the message says what was
     *     sent, how the application responded, what it asked of the API, and what to do
     */
    public void awaitHangUpBy(String value, Duration limit) {
        awaitHangUpBy(Optional.of(value), limit);
    }

    /**
     * Waits until {@code conversations.hang_up_by} has no value.
     *
     * @throws IllegalStateException if it still has a value after the limit, or if interrupted
     */
    public void awaitNoHangUpBy(Duration limit) {
        awaitHangUpBy(Optional.empty(), limit);
    }

    private void awaitHangUpBy(Optional<String> value, Duration limit) {
        String wanted = value.orElse("no value");
        try {
            if (!account.await(() -> hangUpBy().equals(value), limit)) {
                throw new IllegalStateException(sid() + " has " + hangUpBy().orElse("no value") + " after " + limit
                        + " instead of " + wanted + ".\n" + report());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + wanted, e);
        }
    }

    /**
     * Describes what was sent about the task, how the application responded, what it requested of the API, and what the task
     * has, for the message of a test that failed.
     */
    public String report() {
        return failure.of(this, unauthenticatedBefore);
    }

    /** Lets another writer set the value at a path of member names to raw JSON, with a {@code task.updated} event. */
    public void edit(String rawValue, String... path) {
        edit(text -> InPlaceJson.set(text, rawValue, path));
    }

    /** Lets another writer change the text of the attributes, with a {@code task.updated} event. */
    public void edit(UnaryOperator<String> change) {
        account.change(moment -> {
            task.edit(change, moment.at());
            moment.emitTaskEvent("task.updated", task);
        });
    }

    /** Sets what the task's events carry of its versions; by default the attributes and the number of the present version. */
    public void eventVersions(EventVersions carried) {
        account.change(moment -> task.eventVersions(carried));
    }

    /**
     * An agent's browser reads the task. What the browser saves later replaces all attributes with those it read, as Flex UI does,
     * which writes without a version.
     */
    public BrowserCopy openInBrowser() {
        return new BrowserCopy(attributes());
    }

    /** The attributes as an agent's browser read them. */
    public final class BrowserCopy {

        private final String text;

        private BrowserCopy(String text) {
            this.text = text;
        }

        /** The browser sets a value in its copy and writes the copy, with a {@code task.updated} event. */
        public void saves(String rawValue, String... path) {
            edit(now -> InPlaceJson.set(text, rawValue, path));
        }
    }

    /** Lets another writer set a value right after each of this number of reads of the task. */
    public void editAfterReads(int times, String rawValue, String... path) {
        editAfterReads(times, text -> InPlaceJson.set(text, rawValue, path));
    }

    /** Lets another writer change the text of the attributes right after each of this number of reads of the task. */
    public void editAfterReads(int times, UnaryOperator<String> change) {
        account.change(moment -> task.editAfterReads(times, change));
    }

    /** Lets another writer set a value right before the n-th API call about the task from now on. */
    public void editBeforeCall(int number, String rawValue, String... path) {
        account.change(moment -> task.editBeforeCall(number, text -> InPlaceJson.set(text, rawValue, path)));
    }

    /** Deletes the task: the API does not find it any more. */
    public void delete() {
        account.change(moment -> {
            moment.emitTaskEvent("task.deleted", task);
            task.delete();
        });
    }
}
