package io.hangupby.decision;

import io.hangupby.call.BrowserSign;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What Voice Insights says of a segment, beside its verdict. The audit changes nothing that was written. Immutable.
 *
 * @param status whether Voice Insights agrees
 * @param alternative who ended the segment according to Voice Insights, where the verdict is {@link EndedBy#UNKNOWN}
 * @param reason one sentence for people
 * @param browserSigns what the agent's browser reported
 * @param sipCode the last SIP response code of the agent's leg, if known
 */
public record AuditResult(
        Status status,
        Optional<EndedBy> alternative,
        String reason,
        Set<BrowserSign> browserSigns,
        Optional<Integer> sipCode) {

    /** Copies the set. */
    public AuditResult {
        browserSigns = Set.copyOf(browserSigns);
    }

    /** Creates a result without signs of a browser and without a SIP code. */
    public AuditResult(Status status, String reason) {
        this(status, Optional.empty(), reason, Set.of(), Optional.empty());
    }

    /** Returns a fact that says what Voice Insights says, for people. */
    public Fact fact() {
        return new Fact(
                Fact.Source.VOICE_INSIGHTS,
                status.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + reason);
    }

    /** Whether Voice Insights agrees with a verdict. */
    public enum Status {
        /** The legs ended from the sides that the verdict says. */
        AGREES,
        /** At least one leg ended from the other side. */
        DISAGREES,
        /** Voice Insights knows the legs, and nothing that it says can confirm or contradict the verdict. */
        NOT_COMPARABLE,
        /** No summary of a leg has come. */
        NO_DATA
    }
}
