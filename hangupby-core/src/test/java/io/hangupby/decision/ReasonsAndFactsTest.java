package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.CONFERENCE_ENDED_VIA_API;
import static io.hangupby.call.Conference.EndReason.LAST_PARTICIPANT_KICKED;
import static io.hangupby.call.Conference.EndReason.LAST_PARTICIPANT_LEFT;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_HUNG_UP;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.BROWSER;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.OTHER_AGENTS_BROWSER;
import static io.hangupby.decision.Evidence.SIP_PHONE;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.endedSilently;
import static io.hangupby.decision.Evidence.ongoing;
import static io.hangupby.decision.Evidence.withoutConference;
import static io.hangupby.decision.RuleCases.AT_ONCE;
import static io.hangupby.decision.RuleCases.DECIDER;
import static io.hangupby.decision.RuleCases.EXIT_KICKED;
import static io.hangupby.decision.RuleCases.EXIT_LEFT;
import static io.hangupby.decision.RuleCases.OTHER_BROWSER;
import static io.hangupby.decision.RuleCases.OVER_A_SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hangupby.call.Call;
import io.hangupby.call.Role;
import io.hangupby.call.Transfer.Mode;
import io.hangupby.decision.Fact.Source;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReasonsAndFactsTest {
    @ParameterizedTest
    @MethodSource
    void it_has_a_reason_and_facts_with_their_sources(Explained expected) {
        Verdict verdict = DECIDER.decide(expected.evidence().build());

        assertThat(verdict.reason()).isEqualTo(expected.reason());
        assertThat(verdict.facts()).containsExactlyElementsOf(expected.facts());
    }

    private record Explained(Evidence evidence, String reason, List<Fact> facts) {
        @Override
        public String toString() {
            return reason;
        }
    }

    private static Explained explained(Evidence evidence, String reason, Fact... facts) {
        return new Explained(evidence, reason, List.of(facts));
    }

    static Stream<Explained> it_has_a_reason_and_facts_with_their_sources() {
        Fact marked = new Fact(Source.TASK, "the plugin marked the agent's click");
        Fact unmarked = new Fact(Source.TASK, "no plugin marked a click of this agent");
        Fact noPlugin = new Fact(Source.SETTING, "hangupby.agent-marker is none: no plugin can mark a click");
        Fact byTheAgent = new Fact(
                Source.CONFERENCE, "it ended, participant-with-end-conference-on-exit-left, by the agent's leg");
        return Stream.of(
                explained(
                        withoutConference().withoutCustomer(),
                        "no customer was on a line",
                        new Fact(Source.TASK, "no leg of a customer is named")),
                explained(
                        ended(EXIT_LEFT, AGENT).internal(),
                        "an agent called another agent",
                        new Fact(Source.TASK, "client_call is true")),
                explained(
                        ended(EXIT_LEFT, AGENT).outbound().customersCall(Call.Status.NO_ANSWER),
                        "the customer never picked up",
                        new Fact(Source.CALL, "the customer's call is no-answer")),
                explained(
                        ended(EXIT_LEFT, AGENT).outbound().customersCall(Call.Status.CANCELED),
                        "the agent gave up before the customer picked up",
                        new Fact(Source.CALL, "the customer's call is canceled")),
                explained(
                        ended(EXIT_LEFT, CUSTOMER)
                                .customersCallAgain(Call.Status.IN_PROGRESS)
                                .customerSentNowhere(),
                        "the customer was moved on and no agent had clicked",
                        new Fact(Source.CALL, "the customer's call continued outside the conference"),
                        unmarked),
                explained(
                        ended(EXIT_LEFT, CUSTOMER)
                                .customersCallEnded(Duration.ofMinutes(1))
                                .customerSentNowhere()
                                .marked(),
                        "the agent clicked and the customer was moved on",
                        new Fact(Source.CALL, "the customer's call continued outside the conference"),
                        marked),
                explained(
                        ended(EXIT_LEFT, CUSTOMER)
                                .customersCallAgain(Call.Status.IN_PROGRESS)
                                .customerSentNowhere()
                                .withoutPlugin(),
                        "the customer was moved on while with the agent",
                        new Fact(Source.CALL, "the customer's call continued outside the conference"),
                        noPlugin),
                explained(
                        ended(LAST_PARTICIPANT_KICKED, CUSTOMER),
                        "the customer was removed from the call, and that ended the conference",
                        new Fact(Source.CONFERENCE, "it ended, last-participant-kicked, by the customer's leg")),
                explained(
                        ended(EXIT_LEFT, CUSTOMER).customersCallEnded(AT_ONCE),
                        "the customer hung up, and that ended the conference",
                        new Fact(
                                Source.CONFERENCE,
                                "it ended, participant-with-end-conference-on-exit-left, by the customer's leg")),
                explained(
                        withoutConference().customersCallEnded(AT_ONCE).customerSentNowhere(),
                        "the customer's call ended first, without a conference",
                        new Fact(Source.CALL, "the customer's call is completed")),
                explained(
                        ended(LAST_PARTICIPANT_LEFT, AGENT).customersCallEnded(AT_ONCE),
                        "the agent was the last in the conference, so the customer had left before",
                        new Fact(Source.CONFERENCE, "it ended, last-participant-left, by the agent's leg")),
                explained(
                        ended(EXIT_LEFT, AGENT).marked(),
                        "the agent hung up, and that ended the conference",
                        byTheAgent,
                        marked),
                explained(
                        ended(EXIT_LEFT, AGENT).withoutPlugin(),
                        "the agent hung up, and that ended the conference",
                        byTheAgent,
                        noPlugin),
                explained(
                        ended(EXIT_LEFT, AGENT).goesTo(AGENT, BROWSER),
                        "the agent's browser disconnected without a click, and that ended the conference",
                        byTheAgent,
                        unmarked,
                        new Fact(Source.CALL, "the agent was on a browser")),
                explained(
                        ended(EXIT_LEFT, AGENT).onUnknownDevice().goesTo(AGENT, BROWSER),
                        "the agent's browser disconnected without a click, and that ended the conference",
                        byTheAgent,
                        unmarked,
                        new Fact(Source.CALL, "the agent was on a browser")),
                explained(
                        ended(EXIT_LEFT, AGENT).on(SIP_PHONE),
                        "the agent hung up, and that ended the conference",
                        byTheAgent,
                        new Fact(Source.EVENTS, "the agent was on a SIP device")),
                explained(
                        ended(EXIT_LEFT, AGENT).onUnknownDevice().goesTo(AGENT, TELEPHONE),
                        "the agent hung up, and that ended the conference",
                        byTheAgent,
                        new Fact(Source.CALL, "the agent was on a telephone")),
                explained(
                        ended(LAST_PARTICIPANT_LEFT, CUSTOMER).marked(),
                        "the agent hung up, and the customer was the last to leave",
                        new Fact(Source.CONFERENCE, "it ended, last-participant-left, by the customer's leg"),
                        marked),
                explained(
                        ongoing(CUSTOMER).marked(),
                        "the agent hung up, and the conference continues with the customer",
                        new Fact(
                                Source.PARTICIPANTS,
                                "the conference continues with the customer and without the agent"),
                        marked),
                explained(
                        ended(EXIT_KICKED, AGENT),
                        "the agent's leg was removed, and that ended the conference",
                        new Fact(
                                Source.CONFERENCE,
                                "it ended, participant-with-end-conference-on-exit-kicked, by the agent's leg")),
                explained(
                        ended(EXIT_LEFT, STRANGER)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP)
                                .leaves(AGENT, PARTICIPANT_HUNG_UP),
                        "the customer hung up before the agent left",
                        new Fact(Source.CALLBACKS, "the customer's leg left before the agent's, participant_hung_up")),
                explained(
                        ended(LAST_PARTICIPANT_LEFT)
                                .marked()
                                .leaves(AGENT, PARTICIPANT_HUNG_UP)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP),
                        "the agent hung up, before the customer left",
                        new Fact(Source.CALLBACKS, "the agent's leg left before the customer's, participant_hung_up"),
                        marked),
                explained(
                        ended(LAST_PARTICIPANT_LEFT)
                                .leaves(AGENT, PARTICIPANT_UPDATED_VIA_API)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP),
                        "the agent's leg was removed, before the customer left",
                        new Fact(Source.CALLBACKS, "the agent's leg left, participant_updated_via_api")),
                explained(
                        ended(LAST_PARTICIPANT_LEFT)
                                .customersCallEnded(AT_ONCE)
                                .leaves(CUSTOMER, PARTICIPANT_UPDATED_VIA_API)
                                .leaves(AGENT, PARTICIPANT_HUNG_UP),
                        "the customer was removed from the call, before the agent left",
                        new Fact(Source.CALLBACKS, "the customer's leg left, participant_updated_via_api")),
                explained(
                        ended(LAST_PARTICIPANT_LEFT, STRANGER).customersCallEnded(AT_ONCE.minusSeconds(3)),
                        "the customer's call ended before the agent's leg and the conference",
                        new Fact(Source.CALL, "the customer's call is completed")),
                explained(
                        ongoing().customersCallEnded(AT_ONCE),
                        "the customer's call ended while the conference continued",
                        new Fact(Source.CALL, "the customer's call is completed")),
                explained(
                        withoutConference().marked(),
                        "the agent hung up, with a click, without a conference",
                        new Fact(Source.TASK, "there was no conference"),
                        marked),
                explained(
                        withoutConference()
                                .customersCallEnded(AT_ONCE)
                                .customerSentTo(TELEPHONE, Duration.ofSeconds(-2)),
                        "the agent hung up, before the customer, without a conference",
                        new Fact(Source.CALL, "the agent's call ended before the customer's"),
                        new Fact(Source.CALL, "the agent was on a telephone")),
                explained(
                        endedSilently()
                                .after(Duration.ofSeconds(9))
                                .customersCallEnded(Duration.ofSeconds(9))
                                .goesTo(AGENT, BROWSER),
                        "the agent's browser disconnected without a click, and the conference ended later with the"
                                + " customer",
                        new Fact(Source.CONFERENCE, "the conference continued with the customer and without the agent"),
                        unmarked,
                        new Fact(Source.CALL, "the agent was on a browser")),
                explained(
                        ended(EXIT_KICKED, AGENT)
                                .goesTo(STRANGER, OTHER_BROWSER)
                                .joins(STRANGER, true)
                                .leaves(AGENT, PARTICIPANT_UPDATED_VIA_API),
                        "the agent's leg was removed, and that ended the conference, while a supervisor was talking",
                        new Fact(
                                Source.CONFERENCE,
                                "it ended, participant-with-end-conference-on-exit-kicked, by the agent's leg"),
                        new Fact(Source.CALLBACKS, "a supervisor was in the call, neither muted nor coaching")),
                explained(
                        ended(CONFERENCE_ENDED_VIA_API),
                        "a program ended the call",
                        new Fact(Source.CONFERENCE, "it ended, conference-ended-via-api"),
                        unmarked),
                explained(
                        ended(CONFERENCE_ENDED_VIA_API).marked(),
                        "the agent ended the call for all",
                        new Fact(Source.CONFERENCE, "it ended, conference-ended-via-api"),
                        marked));
    }

    @ParameterizedTest
    @MethodSource
    void has_all_facts_if_no_rule_matches(Explained expected) {
        it_has_a_reason_and_facts_with_their_sources(expected);
    }

    static Stream<Explained> has_all_facts_if_no_rule_matches() {
        String reason = "the evidence does not say who ended it";
        Fact left = new Fact(Source.EVENTS, "the agent's leg left at 2026-09-21 14:15:16.700 UTC");
        Fact browser = new Fact(Source.EVENTS, "the agent was on a browser");
        Fact marked = new Fact(Source.TASK, "the plugin marked the agent's click");
        Fact unmarked = new Fact(Source.TASK, "no plugin marked a click of this agent");
        return Stream.of(
                explained(
                        endedSilently().marked(),
                        reason,
                        left,
                        browser,
                        new Fact(Source.CONFERENCE, "it ended, no reason given, no leg named"),
                        marked),
                explained(
                        ended(EXIT_LEFT, CUSTOMER).after(OVER_A_SECOND),
                        reason,
                        left,
                        browser,
                        new Fact(
                                Source.CONFERENCE,
                                "it ended, participant-with-end-conference-on-exit-left, "
                                        + "by the customer's leg, after this agent had left"),
                        unmarked),
                explained(
                        ongoing(CUSTOMER, AGENT).markedForAnother(),
                        reason,
                        left,
                        browser,
                        new Fact(Source.CONFERENCE, "it was in progress"),
                        new Fact(Source.PARTICIPANTS, "listed: the customer's leg, the agent's leg"),
                        unmarked),
                explained(
                        ongoing().notThere(STRANGER).customersCallEnded(OVER_A_SECOND),
                        reason,
                        left,
                        browser,
                        new Fact(Source.CONFERENCE, "it was in progress"),
                        new Fact(Source.PARTICIPANTS, "nobody was listed"),
                        new Fact(Source.CALL, "an unknown party's call does not exist"),
                        new Fact(Source.CALL, "the customer's call is completed"),
                        unmarked),
                explained(
                        withoutConference().customersCall(Call.Status.FAILED),
                        reason,
                        left,
                        browser,
                        new Fact(Source.TASK, "no conference is named"),
                        new Fact(Source.CALL, "the customer's call is failed"),
                        unmarked),
                explained(
                        endedSilently().onUnknownDevice().otherAgentJoins(Mode.WARM, Duration.ofSeconds(-30)),
                        reason,
                        left,
                        new Fact(Source.EVENTS, "this agent started a warm transfer at 2026-09-21 14:14:16.700 UTC"),
                        new Fact(Source.EVENTS, "other agents in the call when this one left: 1"),
                        new Fact(Source.CONFERENCE, "it ended, no reason given, no leg named"),
                        unmarked),
                explained(
                        endedSilently().invitedByFailedTransfer(Mode.COLD).transferredByUnknownAgent(),
                        reason,
                        left,
                        browser,
                        new Fact(
                                Source.EVENTS,
                                "another agent started a cold transfer at 2026-09-21 14:14:16.700 UTC, "
                                        + "and it failed at 2026-09-21 14:15:16.699 UTC"),
                        new Fact(Source.EVENTS, "an unknown agent started a transfer at 2026-09-21 14:14:16.700 UTC"),
                        new Fact(Source.EVENTS, "other agents in the call when this one left: 1"),
                        new Fact(Source.CONFERENCE, "it ended, no reason given, no leg named"),
                        unmarked));
    }

    @ParameterizedTest
    @MethodSource
    void further_facts_say_whose_leg_it_was_and_what_is_reported(Evidence evidence, Fact fact) {
        assertThat(evidence.build().facts()).contains(fact);
    }

    static Stream<Arguments> further_facts_say_whose_leg_it_was_and_what_is_reported() {
        return Stream.of(
                arguments(
                        ongoing(STRANGER).oneOfTwoAgents().goesTo(STRANGER, OTHER_AGENTS_BROWSER),
                        new Fact(Source.PARTICIPANTS, "listed: another agent's leg")),
                arguments(
                        ongoing(STRANGER).goesTo(STRANGER, OTHER_BROWSER),
                        new Fact(Source.PARTICIPANTS, "listed: a supervisor's leg")),
                arguments(
                        ongoing(STRANGER).goesTo(STRANGER, TELEPHONE),
                        new Fact(Source.PARTICIPANTS, "listed: an outside party's leg")),
                arguments(
                        ongoing(STRANGER).goesTo(STRANGER, SIP_PHONE).ignoring(SIP_PHONE),
                        new Fact(Source.PARTICIPANTS, "listed: an ignored participant's leg")),
                arguments(
                        ongoing(AGENT).leaves(AGENT, PARTICIPANT_HUNG_UP).leavesForUnknownReason(CUSTOMER),
                        new Fact(
                                Source.CALLBACKS,
                                "the agent's leg left as event 0 of the conference, participant_hung_up")),
                arguments(
                        ongoing(AGENT).leaves(AGENT, PARTICIPANT_HUNG_UP).leavesForUnknownReason(CUSTOMER),
                        new Fact(Source.CALLBACKS, "the customer's leg left as event 1 of the conference")),
                arguments(
                        ongoing().leavesOnHold(CUSTOMER),
                        new Fact(
                                Source.CALLBACKS,
                                "the customer's leg left as event 0 of the conference, participant_hung_up, on hold")),
                arguments(
                        endedSilently().reported(Role.CUSTOMER),
                        new Fact(
                                Source.VOICE_INSIGHTS,
                                "the customer's leg was ended by the customer, and the agent's leg by Twilio")),
                arguments(
                        endedSilently().reported(Role.AGENT),
                        new Fact(
                                Source.VOICE_INSIGHTS,
                                "the agent's leg was ended by the agent, and the customer's leg by Twilio")),
                arguments(
                        endedSilently().reported(Role.UNKNOWN),
                        new Fact(Source.VOICE_INSIGHTS, "the customer's leg was ended by Twilio")));
    }

    @Test
    void a_fact_names_its_source() {
        assertThat(new Fact(Source.CALL, "the customer's call is busy"))
                .hasToString("CALL: the customer's call is busy");
    }
}
