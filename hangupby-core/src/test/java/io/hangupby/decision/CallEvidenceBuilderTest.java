package io.hangupby.decision;

import static io.hangupby.decision.CallEvidenceBuilder.AGENT;
import static io.hangupby.decision.CallEvidenceBuilder.CUSTOMER;
import static io.hangupby.decision.Evidence.CHILD;
import static io.hangupby.decision.Evidence.ROOM;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Call;
import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Marker;
import io.hangupby.call.OtherAgents;
import io.hangupby.call.Participant;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.Role;
import io.hangupby.call.Segment;
import io.hangupby.call.Transfer.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CallEvidenceBuilderTest {

    @Test
    void a_conference_in_progress_has_the_legs_that_are_named_connected_and_talking() {
        CallEvidence evidence = CallEvidence.builder().inProgressWith(CUSTOMER).build();

        assertThat(evidence.conference()).map(Conference::ended).contains(false);
        assertThat(evidence.participants().orElseThrow()).containsExactly(new Participant(CUSTOMER, true, true));
    }

    @Test
    void a_conference_that_ended_did_so_when_the_agent_left_and_the_customers_call_too() {
        CallEvidence evidence = CallEvidence.builder()
                .ended(EndReason.LAST_PARTICIPANT_LEFT, AGENT)
                .build();

        Optional<Conference> conference = evidence.conference();
        assertThat(conference).map(Conference::ended).contains(true);
        assertThat(conference).flatMap(Conference::endReason).contains(EndReason.LAST_PARTICIPANT_LEFT);
        assertThat(conference).flatMap(Conference::endingLeg).contains(AGENT);
        assertThat(conference)
                .flatMap(Conference::updated)
                .contains(evidence.segment().left());
        assertThat(evidence.call(CUSTOMER))
                .flatMap(Call::ended)
                .contains(evidence.segment().left());
        assertThat(CallEvidence.builder()
                        .ended(EndReason.LAST_PARTICIPANT_LEFT)
                        .build()
                        .conference())
                .map(Conference::endingLeg)
                .contains(Optional.empty());
    }

    @Test
    void a_call_of_the_customer_that_was_set_stays_when_the_conference_ends() {
        CallEvidence evidence = CallEvidence.builder()
                .call(CUSTOMER, Optional.empty())
                .ended(EndReason.LAST_PARTICIPANT_LEFT)
                .build();

        assertThat(evidence.hasAsked(CUSTOMER)).isTrue();
        assertThat(evidence.call(CUSTOMER)).isEmpty();
    }

    @Test
    void the_evidence_has_each_part_that_was_set_and_so_has_a_copy() {
        Segment segment = Evidence.withoutConference().build().segment();
        OtherAgents others = Evidence.ongoing()
                .startsAndCancelsTransfer(Mode.COLD, Duration.ZERO, Duration.ZERO)
                .build()
                .otherAgents();
        ParticipantLog log = ParticipantLog.builder().customer(STRANGER).build();
        Call child = Evidence.call(CHILD, Call.Status.IN_PROGRESS, Optional.of(TELEPHONE), Optional.empty());

        CallEvidence evidence = CallEvidence.builder()
                .segment(segment)
                .outbound(true)
                .internal(true)
                .namedConference(Optional.of(ROOM))
                .namedCustomerLeg(Optional.of(STRANGER))
                .namedAgentLeg(Optional.of(CHILD))
                .marked()
                .pluginInstalled(false)
                .otherAgents(others)
                .participantLog(log)
                .conference(Optional.empty())
                .participants(Optional.of(List.of()))
                .call(child)
                .callAgain(
                        STRANGER,
                        Optional.of(Evidence.call(STRANGER, Call.Status.RINGING, Optional.empty(), Optional.empty())))
                .children(STRANGER, List.of(child))
                .ignoredParticipants(Set.of(TELEPHONE))
                .reportedEnd(Optional.of(Role.AGENT))
                .build();

        assertThat(evidence.segment()).isEqualTo(segment);
        assertThat(evidence.isOutbound()).isTrue();
        assertThat(evidence.isInternal()).isTrue();
        assertThat(evidence.namedConference()).contains(ROOM);
        assertThat(evidence.namedCustomerLeg()).contains(STRANGER);
        assertThat(evidence.namedAgentLeg()).contains(CHILD);
        assertThat(evidence.marker()).isEqualTo(Marker.of(segment.reservation()));
        assertThat(evidence.pluginInstalled()).isFalse();
        assertThat(evidence.otherAgents()).isEqualTo(others);
        assertThat(evidence.participantLog()).isEqualTo(log);
        assertThat(evidence.conference()).isEmpty();
        assertThat(evidence.participants()).contains(List.of());
        assertThat(evidence.requestedCalls()).containsExactlyInAnyOrder(AGENT, CHILD, STRANGER);
        assertThat(evidence.hasAskedAgain(CHILD)).isFalse();
        assertThat(evidence.hasAskedAgain(STRANGER)).isTrue();
        assertThat(evidence.children()).containsOnlyKeys(STRANGER);
        assertThat(evidence.hasAskedChildren(STRANGER)).isTrue();
        assertThat(evidence.hasAskedChildren(CUSTOMER)).isFalse();
        assertThat(evidence.ignoredParticipants()).containsExactly(TELEPHONE);
        assertThat(evidence.reportedEnd()).contains(Role.AGENT);
        assertThat(evidence.toBuilder().build()).isEqualTo(evidence).hasSameHashCodeAs(evidence);
        assertThat(evidence.toBuilder().outbound(false).build()).isNotEqualTo(evidence);
    }

    @Test
    void evidence_differs_if_any_of_its_parts_does() {
        CallEvidence evidence = CallEvidence.builder().build();
        Call child = Evidence.call(CHILD, Call.Status.IN_PROGRESS, Optional.of(TELEPHONE), Optional.empty());
        Segment later = new Segment(
                evidence.segment().task(),
                evidence.segment().reservation(),
                evidence.segment().worker(),
                evidence.segment().contact(),
                evidence.segment().accepted(),
                evidence.segment().left().plusSeconds(1),
                evidence.segment().completed(),
                evidence.segment().queue());
        List<UnaryOperator<CallEvidenceBuilder>> changes = List.of(
                builder -> builder.segment(later),
                builder -> builder.outbound(true),
                CallEvidenceBuilder::marked,
                builder -> builder.pluginInstalled(false),
                builder -> builder.otherAgents(Evidence.ongoing()
                        .startsAndCancelsTransfer(Mode.COLD, Duration.ZERO, Duration.ZERO)
                        .build()
                        .otherAgents()),
                builder -> builder.participantLog(
                        ParticipantLog.builder().customer(STRANGER).build()),
                builder -> builder.conference(
                        Optional.of(new Conference(ROOM, true, Optional.empty(), Optional.empty(), Optional.empty()))),
                builder -> builder.participants(Optional.of(List.of())),
                builder -> builder.call(child),
                builder -> builder.children(STRANGER, List.of(child)),
                builder -> builder.ignoredParticipants(Set.of(TELEPHONE)),
                builder -> builder.reportedEnd(Optional.of(Role.AGENT)));

        assertThat(changes).hasSameSizeAs(EvidenceData.class.getRecordComponents());
        assertThat(changes)
                .allSatisfy(
                        change -> assertThat(change.apply(evidence.toBuilder()).build())
                                .isNotEqualTo(evidence)
                                .isEqualTo(change.apply(evidence.toBuilder()).build()));
    }
}
