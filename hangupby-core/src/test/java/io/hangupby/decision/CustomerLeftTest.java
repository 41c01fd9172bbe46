package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.CONFERENCE_ENDED_VIA_API;
import static io.hangupby.call.ParticipantLeft.Reason.MODERATOR_ENDED_CONFERENCE;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_HUNG_UP;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.endedSilently;
import static io.hangupby.decision.Evidence.ongoing;
import static io.hangupby.decision.Evidence.withoutConference;
import static io.hangupby.decision.RuleCases.AT_ONCE;
import static io.hangupby.decision.RuleCases.A_SECOND;
import static io.hangupby.decision.RuleCases.EXIT_LEFT;
import static io.hangupby.decision.RuleCases.OVER_A_SECOND;
import static io.hangupby.decision.RuleCases.check;
import static io.hangupby.decision.RuleCases.decided;
import static io.hangupby.decision.RuleCases.needs;
import static io.hangupby.decision.RuleCases.undecided;

import io.hangupby.call.Call;
import io.hangupby.call.Transfer.Mode;
import io.hangupby.decision.RuleCases.Decided;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CustomerLeftTest {
    private static final String RULE = "customer-left";

    @ParameterizedTest
    @MethodSource
    void a_marker_does_not_overrule_the_leg(Decided call) {
        check(call);
    }

    static Stream<Decided> a_marker_does_not_overrule_the_leg() {
        return Stream.of(
                decided("none", hungUp(), EndedBy.CUSTOMER, RULE),
                decided("named", hungUp().marked(), EndedBy.CUSTOMER, RULE),
                decided("bare", hungUp().markedBarely(), EndedBy.CUSTOMER, RULE),
                decided("another's", hungUp().markedForAnother(), EndedBy.CUSTOMER, RULE),
                decided("no plugin", hungUp().withoutPlugin(), EndedBy.CUSTOMER, RULE),
                decided("a desk phone", hungUp().on(TELEPHONE), EndedBy.CUSTOMER, RULE),
                decided(
                        "after a transfer that came to nothing",
                        hungUp().startsFailedTransfer(Mode.COLD, Duration.ofMillis(-1)),
                        EndedBy.CUSTOMER,
                        RULE),
                decided("late look", hungUp().completed(), EndedBy.CUSTOMER, RULE));
    }

    private static Evidence hungUp() {
        return ended(EXIT_LEFT, CUSTOMER).customersCallEnded(AT_ONCE);
    }

    @ParameterizedTest
    @MethodSource
    void without_a_conference_the_customers_call_decides(Decided call) {
        check(call);
    }

    static Stream<Decided> without_a_conference_the_customers_call_decides() {
        return Stream.of(
                decided("completed", withoutConference().customersCallEnded(AT_ONCE), EndedBy.CUSTOMER, RULE),
                decided(
                        "completed, a click",
                        withoutConference().customersCallEnded(AT_ONCE).marked(),
                        EndedBy.AGENT,
                        "agent-left"),
                decided(
                        "completed later",
                        withoutConference().customersCallEnded(Duration.ofMinutes(1)),
                        EndedBy.CUSTOMER,
                        RULE),
                undecided("goes on", withoutConference().customersCall(Call.Status.IN_PROGRESS)),
                undecided("failed", withoutConference().customersCall(Call.Status.FAILED)),
                undecided("is not there", withoutConference().notThere(CUSTOMER)));
    }

    @Test
    void without_a_conference_the_customers_call_is_asked_for() {
        check(needs("no conference", withoutConference(), CUSTOMER));
    }

    @ParameterizedTest
    @MethodSource
    void in_a_conference_that_goes_on_it_must_have_been_before_the_agent(Decided call) {
        check(call);
    }

    static Stream<Decided> in_a_conference_that_goes_on_it_must_have_been_before_the_agent() {
        return Stream.of(
                decided("just before", ongoing(AGENT).customersCallEnded(AT_ONCE), EndedBy.CUSTOMER, RULE),
                decided("before, a click", ongoing().customersCallEnded(AT_ONCE).marked(), EndedBy.CUSTOMER, RULE),
                decided("a second later", ongoing(AGENT).customersCallEnded(A_SECOND), EndedBy.CUSTOMER, RULE),
                decided(
                        "at an unknown moment",
                        ongoing(AGENT).customersCall(Call.Status.COMPLETED),
                        EndedBy.CUSTOMER,
                        RULE),
                undecided("later than that", ongoing(AGENT).customersCallEnded(OVER_A_SECOND)),
                undecided("not completed but failed", ongoing(AGENT).customersCall(Call.Status.FAILED)),
                undecided("not there", ongoing(AGENT).notThere(CUSTOMER)),
                decided(
                        "completed but still listed",
                        ongoing(CUSTOMER).customersCallEnded(AT_ONCE),
                        EndedBy.DISCONNECT,
                        "agent-left"));
    }

    @ParameterizedTest
    @MethodSource
    void leaving_first_counts_only_as_a_hang_up(Decided call) {
        check(call);
    }

    static Stream<Decided> leaving_first_counts_only_as_a_hang_up() {
        return Stream.of(
                undecided(
                        "the leg was removed, and Twilio has no such call",
                        endedSilently()
                                .notThere(CUSTOMER)
                                .leaves(CUSTOMER, PARTICIPANT_UPDATED_VIA_API)
                                .leaves(AGENT, MODERATOR_ENDED_CONFERENCE)),
                undecided(
                        "unknown why",
                        endedSilently().leavesForUnknownReason(CUSTOMER).leaves(AGENT, PARTICIPANT_HUNG_UP)));
    }

    @Test
    void a_leg_that_ended_the_conference_counts_before_an_agents_leave_without_a_reason() {
        check(decided(
                "the agent's leave is first",
                hungUp().leavesForUnknownReason(AGENT).leaves(CUSTOMER, PARTICIPANT_HUNG_UP),
                EndedBy.CUSTOMER,
                RULE));
    }

    @Test
    void a_call_that_ended_with_the_conference_does_not_show_who_ended_the_conference() {
        check(decided(
                "outbound, ended through the API",
                ended(CONFERENCE_ENDED_VIA_API).outbound().customersCallEnded(AT_ONCE),
                EndedBy.SYSTEM,
                "ended-by-api"));
    }
}
