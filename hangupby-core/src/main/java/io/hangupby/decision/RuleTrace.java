package io.hangupby.decision;

/**
 * A rule that was evaluated for a verdict, and its finding. Immutable.
 *
 * @param rule the rule's id, as in {@code docs/rules.md}
 * @param finding whether the rule matched, did not match or needs the reply to a question, and why
 */
public record RuleTrace(String rule, Finding finding) {

    /** Returns the rule and its finding as text, with telephone numbers masked. */
    @Override
    public String toString() {
        return ExplanationText.of(this);
    }
}
