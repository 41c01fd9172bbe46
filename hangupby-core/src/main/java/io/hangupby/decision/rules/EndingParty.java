package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.rules.Facts.endOfConference;

import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Role;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Finding;

/** A party, neither customer nor agent, whose leg can end the conference. */
enum EndingParty {
    OUTSIDE_PARTY(Role.EXTERNAL, EndedBy.EXTERNAL, "an outside party"),
    SUPERVISOR(Role.SUPERVISOR, EndedBy.SUPERVISOR, "a supervisor");

    private final Role role;
    private final EndedBy endedBy;
    private final String party;

    EndingParty(Role role, EndedBy endedBy, String party) {
        this.role = role;
        this.endedBy = endedBy;
        this.party = party;
    }

    /** Returns a match if a leg of this party left and ended the conference, the question that is needed, or no match. */
    Finding match(CallEvidence evidence) {
        return evidence.questions()
                .whoEndedIt()
                .map(Finding::needs)
                .orElseGet(
                        () -> evidence.conferenceEndedBy(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, role)
                                ? matches(endedBy, party + " hung up", endOfConference(evidence, party + "'s leg"))
                                : noMatch("the conference is not known to have ended with " + party + "'s leg"));
    }
}
