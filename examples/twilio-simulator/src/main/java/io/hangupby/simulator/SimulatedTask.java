package io.hangupby.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A task as it stands at Twilio, and what other writers do to it. Thread-safe. */
public final class SimulatedTask {

    private final World world;
    private final TaskState task;
    private final Delivery delivery;

    SimulatedTask(World world, TaskState task, Delivery delivery) {
        this.world = world;
        this.task = task;
        this.delivery = delivery;
    }

    /** The task's SID. */
    public String sid() {
        return task.sid();
    }

    /** The text of its attributes, byte for byte. */
    public String attributes() {
        return world.stepAndGet(moment -> task.attributes());
    }

    /** The text its attributes would have without any write through the API. */
    public String baseline() {
        return world.stepAndGet(moment -> task.baseline());
    }

    /** {@code conversations.hang_up_by}, if it is a text. */
    public Optional<String> hangUpBy() {
        return JsonText.readText(attributes(), "conversations", "hang_up_by");
    }

    /** {@code conversations.destination}, if it is a text. */
    public Optional<String> destination() {
        return JsonText.readText(attributes(), "conversations", "destination");
    }

    /** The version that the ETag names. */
    public int version() {
        return world.stepAndGet(moment -> task.version());
    }

    /** The assignment status, in the API's words. */
    public String status() {
        return world.stepAndGet(moment -> task.status().wire());
    }

    /** The updates asked for through the API, refused ones too, oldest first. */
    public List<TaskWrite> writes() {
        return world.stepAndGet(moment -> task.writes());
    }

    /**
     * Waits until {@code conversations.hang_up_by} is this value.
     *
     * @throws IllegalStateException if it is not within the limit, or if interrupted
     */
    public void awaitHangUpBy(String value, Duration limit) {
        awaitHangUpBy(Optional.of(value), limit);
    }

    /**
     * Waits until {@code conversations.hang_up_by} has no value.
     *
     * @throws IllegalStateException if it has one when the limit is over, or if interrupted
     */
    public void awaitNoHangUpBy(Duration limit) {
        awaitHangUpBy(Optional.empty(), limit);
    }

    private void awaitHangUpBy(Optional<String> value, Duration limit) {
        String wanted = value.orElse("no value");
        try {
            if (!world.await(() -> hangUpBy().equals(value), limit)) {
                throw new IllegalStateException(sid() + " has " + hangUpBy().orElse("no value") + " after " + limit
                        + ", not " + wanted + "; " + delivery.account());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + wanted, e);
        }
    }

    /** Lets another writer set the value at a path of member names to raw JSON; tells of it by task.updated. */
    public void edit(String rawValue, String... path) {
        edit(text -> JsonText.set(text, rawValue, path));
    }

    /** Lets another writer change the attributes' text; tells of it by task.updated. */
    public void edit(UnaryOperator<String> change) {
        world.step(moment -> {
            task.edit(change, moment.at());
            moment.tellTask("task.updated", task);
        });
    }

    /** Lets another writer set a value right after each of the next so many reads of the task. */
    public void editAfterReads(int times, String rawValue, String... path) {
        editAfterReads(times, text -> JsonText.set(text, rawValue, path));
    }

    /** Lets another writer change the attributes' text right after each of the next so many reads of the task. */
    public void editAfterReads(int times, UnaryOperator<String> change) {
        world.step(moment -> task.interfereAfterReads(times, change));
    }

    /** Lets another writer set a value right before the n-th API call about the task from now on, whatever it asks for. */
    public void editBeforeCall(int number, String rawValue, String... path) {
        world.step(moment -> task.interfereBeforeCall(number, text -> JsonText.set(text, rawValue, path)));
    }

    /** Lets the task be gone: the API does not find it any more. */
    public void delete() {
        world.step(moment -> {
            moment.tellTask("task.deleted", task);
            task.delete();
        });
    }
}
