package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_HUNG_UP;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.LEFT;
import static io.hangupby.decision.Evidence.OTHER_AGENTS_BROWSER;
import static io.hangupby.decision.Evidence.SIP_PHONE;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.endedSilently;
import static io.hangupby.decision.Evidence.ongoing;
import static io.hangupby.decision.Evidence.ongoingUnlisted;
import static io.hangupby.decision.Evidence.withoutConference;
import static io.hangupby.decision.RuleCases.AT_ONCE;
import static io.hangupby.decision.RuleCases.A_SECOND;
import static io.hangupby.decision.RuleCases.OVER_A_SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Participant;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.Role;
import io.hangupby.call.Transfer.Mode;
import io.hangupby.decision.Fact.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the evidence says to people: each fact with its source, in one order. */
class EvidenceFactsTest {
    private static final EndReason EXIT_LEFT = PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT;
    private static final Fact AGENT_LEFT = events("the agent's leg left at 2026-09-21 14:15:16.700 UTC");
    private static final Fact BY_BROWSER = events("the agent was on a browser");
    private static final Fact NO_CLICK = new Fact(Source.TASK, "no plugin marked a click of this agent");

    private static Fact events(String statement) {
        return new Fact(Source.EVENTS, statement);
    }

    @Test
    void a_call_of_which_nothing_is_known_has_four_facts() {
        assertThat(withoutConference().build().facts())
                .containsExactly(AGENT_LEFT, BY_BROWSER, new Fact(Source.TASK, "no conference is named"), NO_CLICK);
    }

    @Test
    void all_that_is_known_is_said_in_one_order() {
        CallEvidence evidence = ended(EXIT_LEFT, CUSTOMER)
                .transferredByUnknownAgent()
                .oneOfTwoAgents()
                .with(new Participant(CUSTOMER, true, true))
                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP)
                .customersCall(Call.Status.COMPLETED)
                .notThere(STRANGER)
                .reported(Role.CUSTOMER)
                .marked()
                .build();

        assertThat(evidence.facts())
                .containsExactly(
                        AGENT_LEFT,
                        BY_BROWSER,
                        events("an unknown agent started a transfer at 2026-09-21 14:14:16.700 UTC"),
                        events("other agents in the call when this one left: 1"),
                        new Fact(
                                Source.CONFERENCE,
                                "it ended, participant-with-end-conference-on-exit-left, by the customer's leg"),
                        new Fact(Source.PARTICIPANTS, "listed: the customer's leg"),
                        new Fact(
                                Source.CALLBACKS,
                                "the customer's leg left as event 0 of the conference, participant_hung_up"),
                        new Fact(Source.CALL, "an unknown party's call does not exist"),
                        new Fact(Source.CALL, "the customer's call is completed"),
                        new Fact(Source.TASK, "the plugin marked the agent's click"),
                        new Fact(
                                Source.VOICE_INSIGHTS,
                                "the customer's leg was ended by the customer, and the agent's leg by Twilio"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void a_fact_says_what_one_source_knows(Evidence call, Fact fact) {
        assertThat(call.build().facts()).contains(fact);
    }

    static Stream<Arguments> a_fact_says_what_one_source_knows() {
        String minuteBefore = " transfer at 2026-09-21 14:14:16.700 UTC";
        return Stream.of(
                arguments(
                        withoutConference().goesTo(AGENT, SIP_PHONE),
                        new Fact(Source.CALL, "the agent was on a SIP device")),
                arguments(withoutConference().on(TELEPHONE), events("the agent was on a telephone")),
                arguments(
                        withoutConference().startsTransfer(Mode.WARM),
                        events("this agent started a warm" + minuteBefore)),
                arguments(
                        withoutConference().startsFailedTransfer(Mode.COLD, AT_ONCE),
                        events("this agent started a cold" + minuteBefore
                                + ", and it failed at 2026-09-21 14:15:16.700 UTC")),
                arguments(
                        withoutConference().transferredByOtherAgent(Mode.COLD),
                        events("another agent started a cold" + minuteBefore)),
                arguments(ongoingUnlisted(), new Fact(Source.CONFERENCE, "it was in progress")),
                arguments(
                        endedSilently().after(A_SECOND),
                        new Fact(Source.CONFERENCE, "it ended, no reason given, no leg named")),
                arguments(
                        endedSilently().after(OVER_A_SECOND),
                        new Fact(
                                Source.CONFERENCE,
                                "it ended, no reason given, no leg named, after this agent had left")),
                arguments(ongoing(), new Fact(Source.PARTICIPANTS, "nobody was listed")),
                arguments(
                        ongoing(CUSTOMER, AGENT),
                        new Fact(Source.PARTICIPANTS, "listed: the customer's leg, the agent's leg")),
                arguments(
                        ongoing(STRANGER).oneOfTwoAgents().goesTo(STRANGER, OTHER_AGENTS_BROWSER),
                        listed("another agent's leg")),
                arguments(ongoing(STRANGER).goesTo(STRANGER, new Address("client:sue")), listed("a supervisor's leg")),
                arguments(ongoing(STRANGER).goesTo(STRANGER, TELEPHONE), listed("an outside party's leg")),
                arguments(
                        ongoing(STRANGER).goesTo(STRANGER, SIP_PHONE).ignoring(SIP_PHONE),
                        listed("an ignored participant's leg")),
                arguments(ongoing(STRANGER), listed("an unknown party's leg")),
                arguments(
                        ongoing().leavesForUnknownReason(AGENT),
                        new Fact(Source.CALLBACKS, "the agent's leg left as event 0 of the conference")),
                arguments(
                        withoutConference().reported(Role.AGENT),
                        new Fact(
                                Source.VOICE_INSIGHTS,
                                "the agent's leg was ended by the agent, and the customer's leg by Twilio")),
                arguments(
                        withoutConference().reported(Role.UNKNOWN),
                        new Fact(Source.VOICE_INSIGHTS, "the customer's leg was ended by Twilio")));
    }

    private static Fact listed(String legs) {
        return new Fact(Source.PARTICIPANTS, "listed: " + legs);
    }

    @Test
    void a_leave_on_hold_says_so() {
        ParticipantLeft left = new ParticipantLeft(CUSTOMER, 7, LEFT, Optional.of(PARTICIPANT_HUNG_UP), true);
        ParticipantLog log = ParticipantLog.builder().left(left).build();

        assertThat(withoutConference().build().toBuilder()
                        .participantLog(log)
                        .build()
                        .facts())
                .contains(new Fact(
                        Source.CALLBACKS,
                        "the customer's leg left as event 7 of the conference, participant_hung_up, on hold"));
    }

    @Test
    void an_agent_on_an_unknown_device_has_no_fact_for_it() {
        assertThat(withoutConference().onUnknownDevice().build().facts())
                .isEqualTo(List.of(AGENT_LEFT, new Fact(Source.TASK, "no conference is named"), NO_CLICK));
    }
}
