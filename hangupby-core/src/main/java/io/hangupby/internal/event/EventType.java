package io.hangupby.internal.event;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The TaskRouter event types that can influence a verdict. All other types, including future types of Twilio's, are
 * {@link #OTHER}.
 */
public enum EventType {
    /** A task was created and waits for an agent. */
    TASK_CREATED("task.created"),
    /** The task's attributes changed. It decides nothing, because hangupby's own write causes it too. */
    TASK_UPDATED("task.updated"),
    /** The last agent is in wrap-up. */
    TASK_WRAPUP("task.wrapup"),
    /** The last agent completed, and the task is over. */
    TASK_COMPLETED("task.completed"),
    /** No agent accepted the task: the caller gave up, or a program cancelled it. */
    TASK_CANCELED("task.canceled"),
    /** The task was deleted through the API. */
    TASK_DELETED("task.deleted"),
    /** TaskRouter deleted the task because of its age. */
    TASK_SYSTEM_DELETED("task.system-deleted"),
    /** An agent started a transfer. */
    TRANSFER_INITIATED("task.transfer-initiated"),
    /** The invited agent did not accept the transfer. Another agent may be invited. */
    TRANSFER_ATTEMPT_FAILED("task.transfer-attempt-failed"),
    /** The transfer failed for good. */
    TRANSFER_FAILED("task.transfer-failed"),
    /** The agent who started the transfer cancelled it. */
    TRANSFER_CANCELED("task.transfer-canceled"),
    /** Another agent accepted the transfer. */
    TRANSFER_COMPLETED("task.transfer-completed"),
    /** An agent is invited to the task. */
    RESERVATION_CREATED("reservation.created"),
    /** The agent accepted. */
    RESERVATION_ACCEPTED("reservation.accepted"),
    /** The agent rejected the reservation. */
    RESERVATION_REJECTED("reservation.rejected"),
    /** The agent did not respond in time. */
    RESERVATION_TIMEOUT("reservation.timeout"),
    /** The task was cancelled while the agent was invited. */
    RESERVATION_CANCELED("reservation.canceled"),
    /** Another agent accepted the task. */
    RESERVATION_RESCINDED("reservation.rescinded"),
    /** The agent could not be connected. */
    RESERVATION_FAILED("reservation.failed"),
    /** The agent left the conversation, and after-call work begins. */
    RESERVATION_WRAPUP("reservation.wrapup"),
    /** The agent completed after-call work. */
    RESERVATION_COMPLETED("reservation.completed"),
    /** Any other type. */
    OTHER("");

    private static final Map<String, EventType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(type -> type.twilioName, Function.identity()));

    private final String twilioName;

    EventType(String twilioName) {
        this.twilioName = twilioName;
    }

    /** Returns the type with this name; {@link #OTHER} for all other names. */
    public static EventType of(String twilioName) {
        return BY_NAME.getOrDefault(twilioName, OTHER);
    }

    /** Returns whether events of this type are about a transfer. */
    public boolean isTransfer() {
        return name().startsWith("TRANSFER_");
    }

    /** Returns whether events of this type are about one reservation. */
    public boolean isReservation() {
        return name().startsWith("RESERVATION_");
    }

    /** Returns whether an agent's conversation ends with this event: a given agent's, or the last agent's. */
    public boolean isWrapUp() {
        return this == TASK_WRAPUP || this == RESERVATION_WRAPUP;
    }

    /**
     * Returns whether this event implies that an agent has accepted the task, or that no agent can accept it any more.
     */
    boolean endsWaiting() {
        return isWrapUp()
                || isTransfer()
                || endsTask()
                || this == RESERVATION_ACCEPTED
                || this == RESERVATION_COMPLETED;
    }

    /**
     * Returns whether a transfer fails for good with this event. After a failed attempt, another agent can be invited.
     */
    boolean failsTransfer() {
        return this == TRANSFER_FAILED || this == TRANSFER_CANCELED;
    }

    /** Returns whether no further event of the task can follow. */
    boolean endsTask() {
        return switch (this) {
            case TASK_COMPLETED, TASK_CANCELED, TASK_DELETED, TASK_SYSTEM_DELETED -> true;
            default -> false;
        };
    }

    /** Returns whether no further event of the reservation can follow. */
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
