package io.hangupby.decision;

/**
 * What follows from the evidence of a segment. Immutable.
 *
 * @param roles who is who
 * @param order whether the customer or the agent left first
 * @param presence who was in the conference when the agent left
 * @param conferenceEnd how the conference ended for this segment
 */
record DerivedEvidence(LegRoles roles, LeaveOrder order, Presence presence, ConferenceEnd conferenceEnd) {

    static DerivedEvidence of(EvidenceData data) {
        LegRoles roles = LegRoles.in(data);
        LeaveOrder order = LeaveOrder.in(data.participantLog(), roles, data.segment());
        Presence presence = Presence.of(data, roles, order);
        return new DerivedEvidence(roles, order, presence, ConferenceEnd.of(data, roles, order, presence));
    }
}
