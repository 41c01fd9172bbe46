package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT;
import static io.hangupby.call.ParticipantLeft.Reason.MODERATOR_ENDED_CONFERENCE;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_ADD_FAILED;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_HUNG_UP;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.BROWSER;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.SIP_PHONE;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.ongoing;
import static io.hangupby.decision.Fact.Source.CALLBACKS;
import static io.hangupby.decision.Fact.Source.PARTICIPANTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hangupby.call.CallSid;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Participant;
import io.hangupby.call.Role;
import io.hangupby.decision.Fact.Source;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who was in the conference when the agent left: what callbacks say, and where they leave a gap, what Twilio lists. */
class PresenceTest {
    private static final EndReason EXIT_LEFT = PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT;
    private static final CallSid FAILED_CALL = new CallSid("CA" + "7".repeat(32));

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void the_conference_goes_on_unless_it_was_over_for_the_agent(
            String name, Evidence call, Source source, boolean goesOn) {
        CallEvidence evidence = call.build();

        assertThat(evidence.wasSeenToGoOn()).isEqualTo(goesOn);
        assertThat(evidence.presenceSource()).isEqualTo(source);
    }

    static Stream<Arguments> the_conference_goes_on_unless_it_was_over_for_the_agent() {
        return Stream.of(
                arguments("without callbacks", ongoing(CUSTOMER), PARTICIPANTS, true),
                arguments(
                        "callbacks of joins are missing",
                        ongoing(CUSTOMER).leaves(AGENT, PARTICIPANT_HUNG_UP),
                        PARTICIPANTS,
                        true),
                arguments(
                        "the agent's leg left because the conference ended, and joins are missing",
                        ongoing(CUSTOMER, AGENT).leaves(AGENT, MODERATOR_ENDED_CONFERENCE),
                        CALLBACKS,
                        false),
                arguments(
                        "the agent's leg left because the conference ended, and nobody else has left yet",
                        ongoing(CUSTOMER).loggedFromTheStart(CUSTOMER, AGENT).leaves(AGENT, MODERATOR_ENDED_CONFERENCE),
                        CALLBACKS,
                        false),
                arguments("the customer stays", logged(ongoing(CUSTOMER)), CALLBACKS, true),
                arguments("the agent's leg ended it", logged(ended(EXIT_LEFT, AGENT)), CALLBACKS, false),
                arguments("the customer's leg ended it later", logged(ended(EXIT_LEFT, CUSTOMER)), CALLBACKS, true),
                arguments(
                        "nobody stays",
                        ongoing(CUSTOMER).loggedFromTheStart(AGENT).leaves(AGENT, PARTICIPANT_HUNG_UP),
                        CALLBACKS,
                        false),
                arguments(
                        "only a recorder stays",
                        ongoing(CUSTOMER)
                                .loggedFromTheStart(AGENT, STRANGER)
                                .goesTo(STRANGER, SIP_PHONE)
                                .ignoring(SIP_PHONE)
                                .leaves(AGENT, PARTICIPANT_HUNG_UP),
                        CALLBACKS,
                        false),
                arguments(
                        "the next leave is because the conference ended",
                        logged(ongoing(CUSTOMER)).leaves(CUSTOMER, MODERATOR_ENDED_CONFERENCE),
                        CALLBACKS,
                        false),
                arguments(
                        "so it is, after a leave before the agent's and a call that was never connected",
                        ongoing(CUSTOMER)
                                .loggedFromTheStart(CUSTOMER, AGENT, STRANGER)
                                .leaves(STRANGER, PARTICIPANT_HUNG_UP)
                                .leaves(AGENT, PARTICIPANT_HUNG_UP)
                                .leaves(FAILED_CALL, PARTICIPANT_ADD_FAILED)
                                .leaves(CUSTOMER, MODERATOR_ENDED_CONFERENCE),
                        CALLBACKS,
                        false),
                arguments(
                        "the next leg hangs up",
                        logged(ongoing(CUSTOMER)).leaves(CUSTOMER, PARTICIPANT_HUNG_UP),
                        CALLBACKS,
                        true));
    }

    /** The log is whole, and the agent's leg is the first to leave. */
    private static Evidence logged(Evidence call) {
        return call.loggedFromTheStart(CUSTOMER, AGENT).leaves(AGENT, PARTICIPANT_HUNG_UP);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void if_the_agents_leg_is_unknown_it_is_over_once_all_legs_but_the_customers_left_because_it_ended(
            String name, Evidence call, boolean goesOn) {
        assertThat(call.build().wasSeenToGoOn()).isEqualTo(goesOn);
    }

    static Stream<Arguments>
            if_the_agents_leg_is_unknown_it_is_over_once_all_legs_but_the_customers_left_because_it_ended() {
        return Stream.of(
                arguments(
                        "the other leg did",
                        ongoing(CUSTOMER, AGENT)
                                .withoutWorkerLeg()
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP)
                                .leaves(AGENT, MODERATOR_ENDED_CONFERENCE),
                        false),
                arguments(
                        "only the customer's did",
                        ongoing(CUSTOMER, AGENT).withoutWorkerLeg().leaves(CUSTOMER, MODERATOR_ENDED_CONFERENCE),
                        true),
                arguments(
                        "one of two did",
                        ongoing(CUSTOMER, AGENT)
                                .withoutWorkerLeg()
                                .leaves(STRANGER, PARTICIPANT_HUNG_UP)
                                .leaves(AGENT, MODERATOR_ENDED_CONFERENCE),
                        true),
                arguments(
                        "the other leg did, and the agent's is known",
                        ongoing(CUSTOMER, AGENT).leaves(STRANGER, MODERATOR_ENDED_CONFERENCE),
                        true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void the_legs_that_had_not_left_before_the_agent_are_present(String name, Evidence call, List<CallSid> present) {
        CallEvidence evidence = call.build();

        assertThat(Stream.of(Role.values()).flatMap(evidence::present)).containsExactlyInAnyOrderElementsOf(present);
    }

    static Stream<Arguments> the_legs_that_had_not_left_before_the_agent_are_present() {
        return Stream.of(
                arguments(
                        "a leg that rings is not",
                        ongoing(CUSTOMER).with(new Participant(STRANGER, false, true)),
                        List.of(CUSTOMER)),
                arguments(
                        "Twilio still lists a leg that has left",
                        ongoing(CUSTOMER, STRANGER).leaves(STRANGER, PARTICIPANT_HUNG_UP),
                        List.of(CUSTOMER)),
                arguments(
                        "the leg left before the agent's",
                        ongoing(CUSTOMER, STRANGER)
                                .leaves(STRANGER, PARTICIPANT_HUNG_UP)
                                .leaves(AGENT, PARTICIPANT_HUNG_UP),
                        List.of(CUSTOMER)),
                arguments(
                        "the leg left after the agent's",
                        ongoing(CUSTOMER, STRANGER)
                                .leaves(AGENT, PARTICIPANT_HUNG_UP)
                                .leaves(STRANGER, PARTICIPANT_HUNG_UP),
                        List.of(CUSTOMER, STRANGER)),
                arguments(
                        "another leg left with the conference, after the agent's",
                        ended(EXIT_LEFT, CUSTOMER)
                                .loggedFromTheStart(CUSTOMER, AGENT, STRANGER)
                                .withoutWorkerLeg()
                                .goesTo(AGENT, BROWSER)
                                .goesTo(STRANGER, TELEPHONE)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP)
                                .leaves(AGENT, MODERATOR_ENDED_CONFERENCE)
                                .leaves(STRANGER, MODERATOR_ENDED_CONFERENCE),
                        List.of(STRANGER)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void a_leg_rings_that_is_listed_and_not_connected(String name, Evidence call, List<CallSid> ringing) {
        assertThat(call.build().ringing()).containsExactlyElementsOf(ringing);
    }

    static Stream<Arguments> a_leg_rings_that_is_listed_and_not_connected() {
        Participant rings = new Participant(STRANGER, false, true);
        return Stream.of(
                arguments("without callbacks", ongoing(CUSTOMER).with(rings), List.of(STRANGER)),
                arguments("beside a whole log", logged(ongoing(CUSTOMER).with(rings)), List.of(STRANGER)),
                arguments("not a leg that is connected", logged(ongoing(CUSTOMER, STRANGER)), List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void the_agent_may_still_be_listed_while_the_conference_goes_on_with_a_leg_that_can_be_the_agents(
            String name, Evidence call, boolean listed) {
        assertThat(call.build().isAgentListed()).isEqualTo(listed);
    }

    static Stream<Arguments>
            the_agent_may_still_be_listed_while_the_conference_goes_on_with_a_leg_that_can_be_the_agents() {
        return Stream.of(
                arguments("the agent's leg is listed", ongoing(CUSTOMER, AGENT), true),
                arguments("only the customer's is", ongoing(CUSTOMER), false),
                arguments(
                        "nobody has asked who is listed",
                        Evidence.ongoingUnlisted().withoutWorkerLeg(),
                        false),
                arguments("an unknown leg is", ongoing(CUSTOMER, STRANGER).withoutWorkerLeg(), true),
                arguments(
                        "the conference has ended",
                        ended(EXIT_LEFT, CUSTOMER).with(new Participant(AGENT, true, true)),
                        false),
                arguments("callbacks say that the agent left", logged(ongoing(CUSTOMER, AGENT)), false));
    }
}
