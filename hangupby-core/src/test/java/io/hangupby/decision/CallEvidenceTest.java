package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_KICKED;
import static io.hangupby.call.Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT;
import static io.hangupby.call.ParticipantLeft.Reason.MODERATOR_ENDED_CONFERENCE;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_HUNG_UP;
import static io.hangupby.decision.Evidence.ACCEPTED;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.BROWSER;
import static io.hangupby.decision.Evidence.CHILD;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.LEFT;
import static io.hangupby.decision.Evidence.SIP_PHONE;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.ongoing;
import static io.hangupby.decision.Evidence.ongoingUnlisted;
import static io.hangupby.decision.Evidence.withoutConference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Marker;
import io.hangupby.call.Participant;
import io.hangupby.call.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CallEvidenceTest {
    private static final Address OTHER_BROWSER = new Address("client:grace");

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource
    void evidence_is_settled_once_the_agent_has_left_and_the_customer_is_present(
            String name, Evidence evidence, boolean settled) {
        assertThat(evidence.build().apiHasSettled()).isEqualTo(settled);
    }

    static Stream<Arguments> evidence_is_settled_once_the_agent_has_left_and_the_customer_is_present() {
        return Stream.of(
                arguments("it has ended", ended(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT), true),
                arguments("there was none", withoutConference(), true),
                arguments("the customer is in without the agent", ongoing(CUSTOMER), true),
                arguments("both are in", ongoing(CUSTOMER, AGENT), false),
                arguments("the agent is in without the customer", ongoing(AGENT), false),
                arguments("nobody is in", ongoing(), false),
                arguments("nobody has asked who is in", ongoingUnlisted(), true),
                arguments(
                        "only a recorder is in",
                        ongoing(STRANGER).goesTo(STRANGER, SIP_PHONE).ignoring(SIP_PHONE),
                        true),
                arguments(
                        "it has ended, and the agent is still listed",
                        ended(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER)
                                .with(new Participant(AGENT, true, true)),
                        true),
                arguments(
                        "callbacks say that the agent left, and not who else is in",
                        ongoing(CUSTOMER, STRANGER)
                                .withoutWorkerLeg()
                                .goesTo(AGENT, BROWSER)
                                .leaves(AGENT, PARTICIPANT_HUNG_UP),
                        true),
                arguments(
                        "callbacks say that the others stayed, and the agent is still listed",
                        ongoing(CUSTOMER, AGENT, STRANGER)
                                .loggedFromTheStart(CUSTOMER, AGENT, STRANGER)
                                .leaves(AGENT, PARTICIPANT_HUNG_UP),
                        true),
                arguments(
                        "callbacks say that it is over, and it still goes on",
                        ongoing(CUSTOMER, AGENT).leaves(AGENT, MODERATOR_ENDED_CONFERENCE),
                        false),
                arguments(
                        "callbacks say that it is over, and it has ended",
                        ended(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER)
                                .leaves(AGENT, MODERATOR_ENDED_CONFERENCE),
                        true),
                arguments("the customer's phone rings", ongoing().with(new Participant(CUSTOMER, false, true)), false),
                arguments("the agent's phone rings", ongoing(CUSTOMER).with(new Participant(AGENT, false, true)), true),
                arguments("a stranger is in", ongoing(CUSTOMER, STRANGER), true),
                arguments("perhaps the agent is in", ongoing(CUSTOMER, STRANGER).withoutWorkerLeg(), false),
                arguments(
                        "the agent is in, by the leg's call",
                        ongoing(CUSTOMER, STRANGER).withoutWorkerLeg().goesTo(STRANGER, BROWSER),
                        false),
                arguments(
                        "another is in, by the leg's call",
                        ongoing(CUSTOMER, STRANGER).withoutWorkerLeg().goesTo(STRANGER, OTHER_BROWSER),
                        true),
                arguments(
                        "one leg, and another agent to own it",
                        ongoing(CUSTOMER, AGENT).oneOfTwoAgents(),
                        true),
                arguments(
                        "two legs, and one other agent to own them",
                        ongoing(CUSTOMER, AGENT, STRANGER).oneOfTwoAgents(),
                        false),
                arguments(
                        "one leg, and the other agent has gone",
                        ongoing(CUSTOMER, AGENT).afterAnotherAgent(),
                        false),
                arguments(
                        "this agent of two is in, by the leg's call",
                        ongoing(CUSTOMER, AGENT).oneOfTwoAgents().goesTo(AGENT, BROWSER),
                        false),
                arguments(
                        "the other agent and a stranger are in",
                        ongoing(CUSTOMER, AGENT, STRANGER).oneOfTwoAgents().goesTo(AGENT, OTHER_BROWSER),
                        false),
                arguments(
                        "the other of two agents is in",
                        ongoing(CUSTOMER, AGENT).oneOfTwoAgents().goesTo(AGENT, OTHER_BROWSER),
                        true));
    }

    @Nested
    class WhenMoreBecomesKnown {
        private final CallEvidence before = Evidence.ongoingUnlisted().build();

        @Test
        void legs_that_are_listed_are_in() {
            List<Participant> listed = new ArrayList<>(List.of(new Participant(CUSTOMER, true, true)));
            CallEvidence after =
                    before.toBuilder().participants(Optional.of(listed)).build();
            listed.clear();

            assertThat(after.participants()).contains(List.of(new Participant(CUSTOMER, true, true)));
            assertThat(after.isPresent(Role.CUSTOMER)).isTrue();
            assertThat(before.isPresent(Role.CUSTOMER)).isFalse();
        }

        @Test
        void a_newer_version_of_the_task_replaces_attributes_and_marker_only() {
            CallEvidence after = before.toBuilder()
                    .namedConference(Optional.empty())
                    .namedCustomerLeg(Optional.of(STRANGER))
                    .namedAgentLeg(Optional.empty())
                    .outbound(true)
                    .internal(true)
                    .marker(Marker.BARE)
                    .build();

            assertThat(after.namedConference()).isEmpty();
            assertThat(after.namedCustomerLeg()).contains(STRANGER);
            assertThat(after.namedAgentLeg()).isEmpty();
            assertThat(after.isOutbound()).isTrue();
            assertThat(after.isInternal()).isTrue();
            assertThat(after.isMarked()).isTrue();
            CallEvidence restored = after.toBuilder()
                    .namedConference(before.namedConference())
                    .namedCustomerLeg(before.namedCustomerLeg())
                    .namedAgentLeg(before.namedAgentLeg())
                    .outbound(before.isOutbound())
                    .internal(before.isInternal())
                    .marker(before.marker())
                    .build();
            assertThat(restored).isEqualTo(before);
        }

        @Test
        void a_reply_is_added_to_the_other_replies() {
            CallEvidence after = before.toBuilder()
                    .call(CUSTOMER, Optional.empty())
                    .call(AGENT, Optional.empty())
                    .build();

            assertThat(after.hasAsked(CUSTOMER)).isTrue();
            assertThat(after.hasAsked(AGENT)).isTrue();
            assertThat(after.hasAsked(STRANGER)).isFalse();
            assertThat(before.hasAsked(CUSTOMER)).isFalse();
        }
    }

    @Test
    void a_moment_within_a_second_is_not_after_the_agent_left() {
        CallEvidence evidence = withoutConference().build();

        assertThat(evidence.isOverASecondAfterAgentLeft(LEFT.minusSeconds(60))).isFalse();
        assertThat(evidence.isOverASecondAfterAgentLeft(LEFT.plus(Duration.ofSeconds(1))))
                .isFalse();
        assertThat(evidence.isOverASecondAfterAgentLeft(LEFT.plus(Duration.ofMillis(1001))))
                .isTrue();
    }

    @Test
    void the_named_leg_is_the_agents_only_while_there_was_no_other_agent() {
        assertThat(withoutConference().build().agentLeg()).contains(AGENT);
        assertThat(withoutConference().afterAnotherAgent().build().agentLeg()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void a_conference_that_ended_long_before_the_agent_accepted_is_not_the_segments(
            String name, Evidence evidence, boolean isWithoutConference) {
        assertThat(evidence.build().isWithoutConference()).isEqualTo(isWithoutConference);
    }

    static Stream<Arguments> a_conference_that_ended_long_before_the_agent_accepted_is_not_the_segments() {
        Duration longBefore = Duration.between(LEFT, ACCEPTED).minusSeconds(30);
        return Stream.of(
                arguments("no conference is named", withoutConference(), true),
                arguments(
                        "it ended half a minute before",
                        ended(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER)
                                .after(longBefore),
                        true),
                arguments(
                        "it ended less than half a minute before",
                        ended(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER)
                                .after(longBefore.plusMillis(1)),
                        false),
                arguments(
                        "unknown when it ended",
                        ended(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER)
                                .undated(),
                        false),
                arguments(
                        "it goes on, and changed long before", ongoing(CUSTOMER).after(longBefore), false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void the_agent_left_first_if_the_customer_stayed_by_a_log_or_left_later(
            String name, Evidence evidence, boolean agentFirst) {
        assertThat(evidence.build().agentLeftFirstByCallbacks()).isEqualTo(agentFirst);
    }

    static Stream<Arguments> the_agent_left_first_if_the_customer_stayed_by_a_log_or_left_later() {
        return Stream.of(
                arguments("the customer is listed", ongoing(CUSTOMER), false),
                arguments("a log says that the customer stayed", stayed(ongoing(CUSTOMER), CUSTOMER), true),
                arguments("a log says that a stranger stayed", stayed(ongoing(STRANGER), STRANGER), false),
                arguments(
                        "the customer left later",
                        ongoing().leaves(AGENT, PARTICIPANT_HUNG_UP).leaves(CUSTOMER, PARTICIPANT_HUNG_UP),
                        true),
                arguments(
                        "the customer left before",
                        ongoing().leaves(CUSTOMER, PARTICIPANT_HUNG_UP).leaves(AGENT, PARTICIPANT_HUNG_UP),
                        false));
    }

    private static Evidence stayed(Evidence evidence, CallSid other) {
        return evidence.loggedFromTheStart(AGENT, other).leaves(AGENT, PARTICIPANT_HUNG_UP);
    }

    @Test
    void a_rule_sees_how_the_conference_ended() {
        CallEvidence left =
                ended(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER).build();
        CallEvidence kicked =
                ended(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_KICKED, CUSTOMER).build();

        assertThat(left.endReason()).contains(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT);
        assertThat(left.endingRole()).isEqualTo(Role.CUSTOMER);
        assertThat(left.conferenceEndedAt()).contains(LEFT);
        assertThat(left.conferenceWentOn()).isFalse();
        assertThat(left.wasSeenToGoOn()).isFalse();
        assertThat(left.conferenceEndedByRemovalOf(Role.CUSTOMER)).isFalse();
        assertThat(kicked.conferenceEndedByRemovalOf(Role.CUSTOMER)).isTrue();
        assertThat(ongoing(CUSTOMER).build().conferenceWentOn()).isTrue();
        assertThat(ongoing(CUSTOMER).build().wasSeenToGoOn()).isTrue();
    }

    @Test
    void a_rule_sees_what_was_asked() {
        List<Call> children = List.of(Evidence.call(CHILD, Call.Status.COMPLETED, Optional.empty(), Optional.of(LEFT)));
        CallEvidence once = withoutConference()
                .customersCall(Call.Status.IN_PROGRESS)
                .customerSent(children.get(0))
                .build();
        CallEvidence again = withoutConference()
                .notThere(STRANGER)
                .customersCallAgain(Call.Status.IN_PROGRESS)
                .build();

        assertThat(once.hasAsked(CUSTOMER)).isTrue();
        assertThat(once.hasAskedAgain(CUSTOMER)).isFalse();
        assertThat(once.hasAskedChildren(CUSTOMER)).isTrue();
        assertThat(once.children()).containsOnly(Map.entry(CUSTOMER, children));
        assertThat(again.hasAskedAgain(CUSTOMER)).isTrue();
        assertThat(again.hasAskedAgain(STRANGER)).isFalse();
        assertThat(again.hasAskedChildren(CUSTOMER)).isFalse();
        assertThat(again.requestedCalls()).containsExactlyInAnyOrder(CUSTOMER, STRANGER);
    }

    @Test
    void evidence_is_equal_to_evidence_of_the_same_and_shows_no_number() {
        CallEvidence evidence = withoutConference().on(TELEPHONE).build();

        assertThat(evidence)
                .isEqualTo(withoutConference().on(TELEPHONE).build())
                .hasSameHashCodeAs(withoutConference().on(TELEPHONE).build())
                .isNotEqualTo(withoutConference().on(SIP_PHONE).build())
                .isNotEqualTo(new Object());
        assertThat(evidence.hashCode())
                .isNotEqualTo(withoutConference().on(SIP_PHONE).build().hashCode());
        assertThat(evidence.toString()).contains("a telephone").doesNotContain("5550001");
    }

    @Test
    void a_call_that_had_ended_before_the_agent_accepted_is_over() {
        Duration accepted = Duration.between(LEFT, ACCEPTED);

        assertThat(withoutConference()
                        .customersCallEnded(accepted.minusSeconds(1))
                        .build()
                        .isOverBeforeAccepted())
                .isTrue();
        assertThat(withoutConference().customersCallEnded(accepted).build().isOverBeforeAccepted())
                .isFalse();
        assertThat(withoutConference().build().isOverBeforeAccepted()).isFalse();
    }
}
