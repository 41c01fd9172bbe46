package io.hangupby.decision;

/**
 * A rule that was evaluated for a verdict, and its finding. Immutable.
 *
 * @param rule the rule's id, as in {@code docs/decisions.md}
 * @param finding that it matched, did not match or needs a question answered, and why
 */
public record RuleTrace(String rule, Finding finding) {

    /** Returns the rule and its finding in words, without a telephone number in full. */
    @Override
    public String toString() {
        return ExplanationText.of(this);
    }
}
