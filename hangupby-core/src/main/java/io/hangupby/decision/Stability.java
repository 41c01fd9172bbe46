package io.hangupby.decision;

/** Whether evidence that arrives later can change a rule's verdict, while the agent is still in after-call work. */
public enum Stability {
    /** The verdict stays, whatever arrives later. */
    FINAL,
    /** The verdict is made again when evidence arrives that it was not made on. */
    PROVISIONAL
}
