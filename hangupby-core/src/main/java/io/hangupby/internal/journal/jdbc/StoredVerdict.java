package io.hangupby.internal.journal.jdbc;

import com.fasterxml.jackson.databind.util.StdConverter;
import io.hangupby.call.Address;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Fact;
import io.hangupby.decision.Verdict;
import java.util.List;
import java.util.Optional;

/** A verdict in the form in which it is stored: with a word in place of whether it is provisional. Immutable. */
record StoredVerdict(
        Optional<EndedBy> endedBy,
        String rule,
        String reason,
        Optional<Address> destination,
        List<Fact> facts,
        String stability,
        boolean needsFullHistory) {
    private static final String FINAL = "FINAL";

    StoredVerdict {
        facts = List.copyOf(facts);
    }

    static final class FromVerdict extends StdConverter<Verdict, StoredVerdict> {
        @Override
        public StoredVerdict convert(Verdict verdict) {
            return new StoredVerdict(
                    verdict.endedBy(),
                    verdict.rule(),
                    verdict.reason(),
                    verdict.destination(),
                    verdict.facts(),
                    verdict.isProvisional() ? "PROVISIONAL" : FINAL,
                    verdict.needsFullHistory());
        }
    }

    static final class ToVerdict extends StdConverter<StoredVerdict, Verdict> {
        @Override
        public Verdict convert(StoredVerdict stored) {
            return new Verdict(
                    stored.endedBy,
                    stored.rule,
                    stored.reason,
                    stored.destination,
                    stored.facts,
                    !stored.stability.equals(FINAL),
                    stored.needsFullHistory);
        }
    }
}
