package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.CONFERENCE_ENDED_VIA_API;
import static io.hangupby.call.Conference.EndReason.LAST_PARTICIPANT_LEFT;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_HUNG_UP;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.endedSilently;
import static io.hangupby.decision.RuleCases.AT_ONCE;
import static io.hangupby.decision.RuleCases.DECIDER;
import static io.hangupby.decision.RuleCases.EXIT_LEFT;
import static io.hangupby.decision.RuleCases.check;
import static io.hangupby.decision.RuleCases.decided;
import static io.hangupby.decision.RuleCases.needs;
import static io.hangupby.decision.RuleCases.undecided;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Role;
import io.hangupby.call.Transfer;
import io.hangupby.decision.RuleCases.Decided;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of {@code docs/operations/audit.md} that says which reports turn which verdict. */
class ReportedEndTest {
    private static final String RULE = "reported-end";

    @ParameterizedTest
    @MethodSource
    void that_the_customer_hung_up_turns_what_others_are_blamed_for(Decided call) {
        check(call);
    }

    static Stream<Decided> that_the_customer_hung_up_turns_what_others_are_blamed_for() {
        return Stream.of(
                decided("silent", silent().reported(Role.CUSTOMER), EndedBy.CUSTOMER, RULE),
                decided("silent, a click", silent().marked().reported(Role.CUSTOMER), EndedBy.CUSTOMER, RULE),
                decided("a drop", agentLeft().reported(Role.CUSTOMER), EndedBy.CUSTOMER, RULE),
                decided("no plugin", agentLeft().withoutPlugin().reported(Role.CUSTOMER), EndedBy.CUSTOMER, RULE),
                decided("a telephone", agentLeft().on(TELEPHONE).reported(Role.CUSTOMER), EndedBy.CUSTOMER, RULE),
                decided("a click", agentLeft().marked().reported(Role.CUSTOMER), EndedBy.AGENT, "agent-left"),
                decided("the order of leaving", agentFirst().reported(Role.CUSTOMER), EndedBy.DISCONNECT, "agent-left"),
                decided("a program", by(CONFERENCE_ENDED_VIA_API).reported(Role.CUSTOMER), EndedBy.CUSTOMER, RULE),
                decided(
                        "for all, a click",
                        by(CONFERENCE_ENDED_VIA_API).marked().reported(Role.CUSTOMER),
                        EndedBy.AGENT,
                        "ended-by-api"),
                decided(
                        "the agent was last",
                        agentLast().reported(Role.CUSTOMER),
                        EndedBy.CUSTOMER,
                        "customer-left-first"));
    }

    @ParameterizedTest
    @MethodSource
    void that_the_agents_leg_went_decides_only_what_is_undecided(Decided call) {
        check(call);
    }

    static Stream<Decided> that_the_agents_leg_went_decides_only_what_is_undecided() {
        return Stream.of(
                decided("no click", silent().reported(Role.AGENT), EndedBy.DISCONNECT, RULE),
                decided("a click", silent().marked().reported(Role.AGENT), EndedBy.AGENT, RULE),
                decided("no plugin", silent().withoutPlugin().reported(Role.AGENT), EndedBy.AGENT, RULE),
                decided("a telephone", silent().on(TELEPHONE).reported(Role.AGENT), EndedBy.AGENT, RULE),
                undecided(
                        "transferring",
                        silent().startsTransfer(Transfer.Mode.WARM).reported(Role.AGENT)),
                decided("a drop", agentLeft().reported(Role.AGENT), EndedBy.DISCONNECT, "agent-left"),
                decided("a program", by(CONFERENCE_ENDED_VIA_API).reported(Role.AGENT), EndedBy.SYSTEM, "ended-by-api"),
                undecided("the agent was last", agentLast().reported(Role.AGENT)));
    }

    @ParameterizedTest
    @MethodSource
    void that_only_the_customer_did_not_hang_up_blames_nobody(Decided call) {
        check(call);
    }

    static Stream<Decided> that_only_the_customer_did_not_hang_up_blames_nobody() {
        return Stream.of(
                undecided("silent", silent().reported(Role.UNKNOWN)),
                undecided("the agent was last", agentLast().reported(Role.UNKNOWN)),
                undecided("the agent was last, a click", agentLast().marked().reported(Role.UNKNOWN)),
                decided("a drop", agentLeft().reported(Role.UNKNOWN), EndedBy.DISCONNECT, "agent-left"));
    }

    @Test
    void the_agents_device_is_asked_before_a_drop() {
        check(needs("silent", endedSilently().customersCallEnded(AT_ONCE).reported(Role.AGENT), AGENT));
    }

    @Test
    void the_reason_and_the_facts_name_voice_insights() {
        Verdict verdict = DECIDER.decide(agentLeft().reported(Role.CUSTOMER).build());

        assertThat(verdict.reason()).isEqualTo("the customer hung up, as Voice Insights reports of both legs");
        assertThat(verdict.facts())
                .containsExactly(new Fact(
                        Fact.Source.VOICE_INSIGHTS,
                        "the customer's leg was ended by the customer, and the agent's leg by Twilio"));
        assertThat(verdict.isProvisional()).isTrue();
    }

    private static Evidence silent() {
        return endedSilently().withPlainCalls();
    }

    private static Evidence by(EndReason reason) {
        return ended(reason).withPlainCalls();
    }

    private static Evidence agentLeft() {
        return ended(EXIT_LEFT, AGENT).withPlainCalls();
    }

    private static Evidence agentLast() {
        return ended(LAST_PARTICIPANT_LEFT, AGENT).withPlainCalls();
    }

    private static Evidence agentFirst() {
        return agentLeft().leaves(AGENT, PARTICIPANT_HUNG_UP).leaves(CUSTOMER, PARTICIPANT_HUNG_UP);
    }
}
