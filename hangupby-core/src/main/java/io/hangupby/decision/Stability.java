package io.hangupby.decision;

/** Whether later evidence can change a rule's verdict while the agent is in after-call work. */
public enum Stability {
    /** Later evidence cannot change the verdict. */
    FINAL,
    /** The rules are evaluated again when new evidence arrives. */
    PROVISIONAL
}
