package io.hangupby.internal.journal.jdbc;

import com.fasterxml.jackson.databind.util.StdConverter;
import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Marker;
import io.hangupby.call.OtherAgents;
import io.hangupby.call.Participant;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.Role;
import io.hangupby.call.Segment;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.CallEvidenceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Evidence in the form in which it is stored. Immutable. */
record StoredEvidence(
        Segment segment,
        Attributes attributes,
        Marker marker,
        boolean pluginInstalled,
        OtherAgents otherAgents,
        ParticipantLog participantLog,
        Optional<Conference> conference,
        Optional<List<Participant>> participants,
        Map<CallSid, Lookup> calls,
        Map<CallSid, List<Call>> children,
        Set<Address> ignoredParticipants,
        Optional<Role> reportedEnd) {

    /** What the task's attributes say about the call. */
    record Attributes(
            Optional<ConferenceSid> conference,
            Optional<CallSid> customerLeg,
            Optional<CallSid> workerLeg,
            boolean outbound,
            boolean internal) {}

    /** What Twilio had for the Call of a leg. */
    sealed interface Lookup {}

    /**
     * Twilio had the Call.
     *
     * @param call the Call as it was read last
     * @param again whether the Call was read a second time
     */
    record Found(Call call, boolean again) implements Lookup {}

    /** Twilio had no such Call. */
    record NotFound() implements Lookup {}

    static final class FromEvidence extends StdConverter<CallEvidence, StoredEvidence> {
        @Override
        public StoredEvidence convert(CallEvidence evidence) {
            return new StoredEvidence(
                    evidence.segment(),
                    new Attributes(
                            evidence.namedConference(),
                            evidence.namedCustomerLeg(),
                            evidence.namedAgentLeg(),
                            evidence.isOutbound(),
                            evidence.isInternal()),
                    evidence.marker(),
                    evidence.pluginInstalled(),
                    evidence.otherAgents(),
                    evidence.participantLog(),
                    evidence.conference(),
                    evidence.participants(),
                    evidence.requestedCalls().stream()
                            .collect(Collectors.toMap(Function.identity(), leg -> lookup(evidence, leg))),
                    evidence.children(),
                    evidence.ignoredParticipants(),
                    evidence.reportedEnd());
        }

        private static Lookup lookup(CallEvidence evidence, CallSid leg) {
            return evidence.call(leg)
                    .<Lookup>map(call -> new Found(call, evidence.hasAskedAgain(leg)))
                    .orElseGet(NotFound::new);
        }
    }

    static final class ToEvidence extends StdConverter<StoredEvidence, CallEvidence> {
        @Override
        public CallEvidence convert(StoredEvidence stored) {
            CallEvidenceBuilder evidence = CallEvidence.builder(stored.segment)
                    .namedConference(stored.attributes.conference)
                    .namedCustomerLeg(stored.attributes.customerLeg)
                    .namedAgentLeg(stored.attributes.workerLeg)
                    .outbound(stored.attributes.outbound)
                    .internal(stored.attributes.internal)
                    .marker(stored.marker)
                    .pluginInstalled(stored.pluginInstalled)
                    .otherAgents(stored.otherAgents)
                    .participantLog(stored.participantLog)
                    .conference(stored.conference)
                    .participants(stored.participants)
                    .ignoredParticipants(stored.ignoredParticipants)
                    .reportedEnd(stored.reportedEnd);
            stored.calls.forEach((leg, lookup) -> add(evidence, leg, lookup));
            stored.children.forEach(evidence::children);
            return evidence.build();
        }

        private static void add(CallEvidenceBuilder evidence, CallSid leg, Lookup lookup) {
            Optional<Found> found = lookup instanceof Found known ? Optional.of(known) : Optional.empty();
            Optional<Call> call = found.map(Found::call);
            if (found.stream().anyMatch(Found::again)) {
                evidence.callAgain(leg, call);
            } else {
                evidence.call(leg, call);
            }
        }
    }
}
