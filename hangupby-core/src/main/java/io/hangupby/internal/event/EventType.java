package io.hangupby.internal.event;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The TaskRouter event types that can bear on who ended a call. All others, those that Twilio may add included, are
 * {@link #OTHER}: a value, not a failure. Note that {@code task.updated} is among the others on purpose, because our own
 * write causes it.
 */
public enum EventType {
    /** A task came into being, and waits for an agent. */
    TASK_CREATED("task.created"),
    /** The talk of the last agent is over. */
    TASK_WRAPUP("task.wrapup"),
    /** The last agent completed; the task is over. */
    TASK_COMPLETED("task.completed"),
    /** Nobody took the task: the caller gave up, or a program called it off. */
    TASK_CANCELED("task.canceled"),
    /** The task was deleted through the API. */
    TASK_DELETED("task.deleted"),
    /** TaskRouter deleted the task, as it was too old. */
    TASK_SYSTEM_DELETED("task.system-deleted"),
    /** An agent began to hand the call on. */
    TRANSFER_INITIATED("task.transfer-initiated"),
    /** The agent who was asked did not take it; another may. */
    TRANSFER_ATTEMPT_FAILED("task.transfer-attempt-failed"),
    /** Nobody takes it: the transfer is over. */
    TRANSFER_FAILED("task.transfer-failed"),
    /** The agent who began the transfer called it off. */
    TRANSFER_CANCELED("task.transfer-canceled"),
    /** Another agent took it. */
    TRANSFER_COMPLETED("task.transfer-completed"),
    /** An agent is asked to take the call. */
    RESERVATION_CREATED("reservation.created"),
    /** That agent took it. */
    RESERVATION_ACCEPTED("reservation.accepted"),
    /** That agent refused it. */
    RESERVATION_REJECTED("reservation.rejected"),
    /** That agent did not answer. */
    RESERVATION_TIMEOUT("reservation.timeout"),
    /** The task was called off while that agent was asked. */
    RESERVATION_CANCELED("reservation.canceled"),
    /** Another agent took it. */
    RESERVATION_RESCINDED("reservation.rescinded"),
    /** That agent could not be connected. */
    RESERVATION_FAILED("reservation.failed"),
    /** That agent's talk is over, and after-call work begins. */
    RESERVATION_WRAPUP("reservation.wrapup"),
    /** That agent is through with the call. */
    RESERVATION_COMPLETED("reservation.completed"),
    /** Any other type. */
    OTHER("");

    private static final Map<String, EventType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(type -> type.twilioName, Function.identity()));

    private final String twilioName;

    EventType(String twilioName) {
        this.twilioName = twilioName;
    }

    /** Returns the type that Twilio calls by this name, {@link #OTHER} for every name that cannot matter. */
    public static EventType of(String twilioName) {
        return BY_NAME.getOrDefault(twilioName, OTHER);
    }

    /** Says whether events of this type tell of a transfer. */
    public boolean isTransfer() {
        return name().startsWith("TRANSFER_");
    }

    /** Says whether events of this type are about one reservation. */
    public boolean isReservation() {
        return name().startsWith("RESERVATION_");
    }

    /** Says whether the talk of an agent, or of the last one, is over with this event. */
    public boolean isWrapUp() {
        return this == TASK_WRAPUP || this == RESERVATION_WRAPUP;
    }

    /** Says whether an agent has taken the task before events of this type, or nobody can any more. */
    boolean comesAfterAnswer() {
        return isWrapUp()
                || isTransfer()
                || endsTask()
                || this == RESERVATION_ACCEPTED
                || this == RESERVATION_COMPLETED;
    }

    /** Says whether a transfer came to nothing with this event; a failed attempt can be followed by another. */
    boolean endsTransferInVain() {
        return this == TRANSFER_FAILED || this == TRANSFER_CANCELED;
    }

    /** Says whether nothing more can come for the task after this event. */
    boolean endsTask() {
        return switch (this) {
            case TASK_COMPLETED, TASK_CANCELED, TASK_DELETED, TASK_SYSTEM_DELETED -> true;
            default -> false;
        };
    }

    /** Says whether nothing more can come for the reservation after this event. */
    boolean endsReservation() {
        return switch (this) {
            case RESERVATION_REJECTED,
                    RESERVATION_TIMEOUT,
                    RESERVATION_CANCELED,
                    RESERVATION_RESCINDED,
                    RESERVATION_FAILED,
                    RESERVATION_COMPLETED -> true;
            default -> false;
        };
    }

    /** Returns the name as Twilio spells it. */
    @Override
    public String toString() {
        return this == OTHER ? "other" : twilioName;
    }
}
