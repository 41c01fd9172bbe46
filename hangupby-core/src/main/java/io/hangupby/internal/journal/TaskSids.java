package io.hangupby.internal.journal;

import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Participant;
import io.hangupby.call.ParticipantChange;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Outcome;
import io.hangupby.internal.event.VoiceReport;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The SIDs of calls and conferences that belong to a task, as far as its verdicts and its reports name them. Voice Insights names no
 * task, so that its reports find their task by these. Stateless.
 */
public final class TaskSids {
    /** A call has a few legs; the limit bounds what one task can take. */
    static final int SIDS_AT_MOST = 64;

    /** Several tasks can name one call: a callback's task names the call that was missed. */
    public static final int OWNERS_AT_MOST = 8;

    private TaskSids() {}

    /** Returns the SIDs of a task. */
    public static Set<String> of(TaskRecord record) {
        Stream<CallSid> reported = record.timeline().reports().stream().map(VoiceReport::leg);
        return Stream.concat(
                        record.outcomes().stream()
                                .map(Outcome::evidence)
                                .flatMap(evidence -> evidence.stream().flatMap(TaskSids::of)),
                        reported.map(CallSid::value))
                .limit(SIDS_AT_MOST)
                .collect(Collectors.toSet());
    }

    private static Stream<String> of(CallEvidence evidence) {
        Stream<CallSid> legs = Stream.of(
                        evidence.customerLeg().stream(),
                        evidence.namedAgentLeg().stream(),
                        evidence.participantLog().changes().stream().map(ParticipantChange::leg),
                        evidence.participantLog().departures().stream().map(ParticipantLeft::leg),
                        evidence.participants().stream()
                                .flatMap(listed -> listed.stream().map(Participant::call)),
                        evidence.requestedCalls().stream())
                .flatMap(some -> some);
        Stream<String> conferences = evidence.namedConference().stream().map(ConferenceSid::value);
        return Stream.concat(conferences, legs.map(CallSid::value)).distinct();
    }
}
