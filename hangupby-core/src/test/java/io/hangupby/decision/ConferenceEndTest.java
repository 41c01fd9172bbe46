package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.LAST_PARTICIPANT_KICKED;
import static io.hangupby.call.Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT;
import static io.hangupby.call.ParticipantLeft.Reason.MODERATOR_ENDED_CONFERENCE;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_HUNG_UP;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.BROWSER;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.LEFT;
import static io.hangupby.decision.Evidence.OTHER_AGENTS_BROWSER;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.ongoing;
import static io.hangupby.decision.Evidence.withoutConference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hangupby.call.Conference;
import io.hangupby.call.Role;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConferenceEndTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final Duration OVER_A_SECOND = Duration.ofMillis(1001);

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void goes_on_unless_it_ended_with_the_segment(String name, Evidence evidence, boolean wentOn) {
        assertThat(evidence.build().derived().conferenceEnd().wentOn()).isEqualTo(wentOn);
    }

    static Stream<Arguments> goes_on_unless_it_ended_with_the_segment() {
        return Stream.of(
                arguments("there was none", withoutConference(), false),
                arguments("it goes on", ongoing(CUSTOMER), true),
                arguments("within the second", byCustomer().after(A_SECOND), false),
                arguments("at an unknown moment", byCustomer().undated(), false),
                arguments("later, by another", byCustomer().after(OVER_A_SECOND), true),
                arguments("later, by the agent's leg", byAgent().after(OVER_A_SECOND), false),
                arguments(
                        "after the agent had hung up",
                        byCustomer().leaves(AGENT, PARTICIPANT_HUNG_UP).leaves(CUSTOMER, PARTICIPANT_HUNG_UP),
                        true),
                arguments(
                        "and took the agent's leg with it",
                        byCustomer().leaves(AGENT, MODERATOR_ENDED_CONFERENCE).leaves(CUSTOMER, PARTICIPANT_HUNG_UP),
                        false),
                arguments(
                        "later, and took the agent's leg with it",
                        byCustomer().after(OVER_A_SECOND).leaves(AGENT, MODERATOR_ENDED_CONFERENCE),
                        false),
                arguments(
                        "before the agent had hung up",
                        byCustomer().leaves(CUSTOMER, PARTICIPANT_HUNG_UP).leaves(AGENT, PARTICIPANT_HUNG_UP),
                        false),
                arguments(
                        "after a leg of the agent had hung up, by another leg of the agent",
                        ended(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, STRANGER)
                                .goesTo(STRANGER, BROWSER)
                                .leaves(AGENT, PARTICIPANT_HUNG_UP)
                                .leaves(STRANGER, PARTICIPANT_HUNG_UP),
                        false),
                arguments(
                        "later, by a leg to a device that two agents share",
                        ended(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, STRANGER)
                                .on(OTHER_AGENTS_BROWSER)
                                .afterAnotherAgent()
                                .goesTo(STRANGER, OTHER_AGENTS_BROWSER)
                                .after(OVER_A_SECOND),
                        true),
                arguments("callbacks say that the customer stayed", customerStayed(ongoing(CUSTOMER)), true),
                arguments("callbacks say so, and it has ended by now", customerStayed(byCustomer()), true),
                arguments(
                        "callbacks say that it is over, and Twilio shows it in progress",
                        ongoing(CUSTOMER, AGENT).leaves(AGENT, MODERATOR_ENDED_CONFERENCE),
                        false));
    }

    private static Evidence customerStayed(Evidence call) {
        return call.loggedFromTheStart(CUSTOMER, AGENT).leaves(AGENT, PARTICIPANT_HUNG_UP);
    }

    private static Evidence byCustomer() {
        return ended(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
    }

    private static Evidence byAgent() {
        return ended(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
    }

    @Test
    void says_why_by_whose_leg_and_when() {
        ConferenceEnd end = byCustomer().build().derived().conferenceEnd();

        assertThat(end.isFor(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT)).isTrue();
        assertThat(end.isFor(LAST_PARTICIPANT_KICKED)).isFalse();
        assertThat(end.isBy(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, Role.CUSTOMER))
                .isTrue();
        assertThat(end.isBy(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, Role.AGENT))
                .isFalse();
        assertThat(end.isBy(LAST_PARTICIPANT_KICKED, Role.CUSTOMER)).isFalse();
        assertThat(end.isRemovalOf(Role.CUSTOMER)).isFalse();
        assertThat(end.at()).contains(LEFT);
        assertThat(end.wentOn()).isFalse();
    }

    @Test
    void is_a_removal_of_the_leg_that_was_kicked() {
        ConferenceEnd end =
                ended(LAST_PARTICIPANT_KICKED, AGENT).build().derived().conferenceEnd();

        assertThat(end.isRemovalOf(Role.AGENT)).isTrue();
        assertThat(end.isRemovalOf(Role.CUSTOMER)).isFalse();
    }

    @Test
    void says_why_if_callbacks_agree() {
        ConferenceEnd end = byCustomer()
                .leaves(AGENT, MODERATOR_ENDED_CONFERENCE)
                .build()
                .derived()
                .conferenceEnd();

        assertThat(end.reason()).contains(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT);
    }

    @Test
    void is_no_removal_if_it_is_unknown_why_the_leg_ended_it() {
        Conference conference =
                new Conference(Evidence.ROOM, true, Optional.empty(), Optional.of(AGENT), Optional.of(LEFT));
        ConferenceEnd end = withoutConference().build().toBuilder()
                .conference(Optional.of(conference))
                .build()
                .derived()
                .conferenceEnd();

        assertThat(end.whose()).isEqualTo(Role.AGENT);
        assertThat(end.isRemovalOf(Role.AGENT)).isFalse();
    }

    @Test
    void says_nothing_more_if_the_conference_went_on() {
        ConferenceEnd end = byCustomer().after(OVER_A_SECOND).build().derived().conferenceEnd();

        assertThat(end.wentOn()).isTrue();
        assertThat(end.reason()).isEmpty();
        assertThat(end.isFor(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT)).isFalse();
        assertThat(end.whose()).isEqualTo(Role.UNKNOWN);
    }
}
