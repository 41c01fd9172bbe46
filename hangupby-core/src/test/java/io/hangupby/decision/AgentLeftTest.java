package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.LAST_PARTICIPANT_LEFT;
import static io.hangupby.call.ParticipantLeft.Reason.MODERATOR_ENDED_CONFERENCE;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_HUNG_UP;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.BROWSER;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.SIP_PHONE;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.endedSilently;
import static io.hangupby.decision.Evidence.ongoing;
import static io.hangupby.decision.RuleCases.A_SECOND;
import static io.hangupby.decision.RuleCases.EARLIER;
import static io.hangupby.decision.RuleCases.EXIT_LEFT;
import static io.hangupby.decision.RuleCases.OVER_A_SECOND;
import static io.hangupby.decision.RuleCases.check;
import static io.hangupby.decision.RuleCases.decided;
import static io.hangupby.decision.RuleCases.needs;
import static io.hangupby.decision.RuleCases.undecided;

import io.hangupby.call.Call;
import io.hangupby.call.Participant;
import io.hangupby.call.Transfer.Mode;
import io.hangupby.decision.RuleCases.Decided;
import io.hangupby.decision.RuleCases.Open;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AgentLeftTest {
    private static final String RULE = "agent-left";

    @ParameterizedTest
    @MethodSource
    void the_sign_of_purpose_decides(Decided call) {
        check(call);
    }

    static Stream<Decided> the_sign_of_purpose_decides() {
        return Stream.of(
                decided("no click", ended(EXIT_LEFT, AGENT), EndedBy.DISCONNECT, RULE),
                decided("a click", ended(EXIT_LEFT, AGENT).marked(), EndedBy.AGENT, RULE),
                decided("a bare click", ended(EXIT_LEFT, AGENT).markedBarely(), EndedBy.AGENT, RULE),
                decided("another's click", ended(EXIT_LEFT, AGENT).markedForAnother(), EndedBy.DISCONNECT, RULE),
                undecided(
                        "this agent's click or another's",
                        ended(EXIT_LEFT, AGENT).markedByThisAgentOrAnother()),
                decided(
                        "this agent's click or another's, and a telephone",
                        ended(EXIT_LEFT, AGENT).markedByThisAgentOrAnother().on(TELEPHONE),
                        EndedBy.AGENT,
                        RULE),
                decided("no plugin", ended(EXIT_LEFT, AGENT).withoutPlugin(), EndedBy.AGENT, RULE),
                decided("a telephone", ended(EXIT_LEFT, AGENT).on(TELEPHONE), EndedBy.AGENT, RULE),
                decided("a SIP device", ended(EXIT_LEFT, AGENT).on(SIP_PHONE), EndedBy.AGENT, RULE),
                decided(
                        "another's click and a telephone",
                        ended(EXIT_LEFT, AGENT).markedForAnother().on(TELEPHONE),
                        EndedBy.AGENT,
                        RULE),
                decided(
                        "unknown device, a click",
                        ended(EXIT_LEFT, AGENT).onUnknownDevice().marked(),
                        EndedBy.AGENT,
                        RULE),
                decided(
                        "unknown device, no plugin",
                        ended(EXIT_LEFT, AGENT).onUnknownDevice().withoutPlugin(),
                        EndedBy.AGENT,
                        RULE),
                decided(
                        "a browser, by its call",
                        ended(EXIT_LEFT, AGENT).onUnknownDevice().goesTo(AGENT, BROWSER),
                        EndedBy.DISCONNECT,
                        RULE),
                decided(
                        "a telephone, by its call",
                        ended(EXIT_LEFT, AGENT).onUnknownDevice().goesTo(AGENT, TELEPHONE),
                        EndedBy.AGENT,
                        RULE),
                decided(
                        "the call of the leg goes before what the worker says",
                        ended(EXIT_LEFT, AGENT).on(BROWSER).goesTo(AGENT, TELEPHONE),
                        EndedBy.AGENT,
                        RULE),
                undecided(
                        "a device that the call does not tell",
                        ended(EXIT_LEFT, AGENT).onUnknownDevice().goesNowhere(AGENT)),
                undecided(
                        "a call that is not there",
                        ended(EXIT_LEFT, AGENT).onUnknownDevice().notThere(AGENT)));
    }

    @ParameterizedTest
    @MethodSource
    void an_agent_on_an_unknown_device_has_the_legs_call_asked_for(Open call) {
        check(call);
    }

    static Stream<Open> an_agent_on_an_unknown_device_has_the_legs_call_asked_for() {
        return Stream.of(
                needs("the leg ended it", ended(EXIT_LEFT, AGENT).onUnknownDevice(), AGENT),
                needs(
                        "the customer was last",
                        ended(LAST_PARTICIPANT_LEFT, CUSTOMER).onUnknownDevice(),
                        AGENT),
                needs("it goes on", ongoing(CUSTOMER).onUnknownDevice(), AGENT));
    }

    @ParameterizedTest
    @MethodSource
    void it_need_not_have_been_the_last_or_flagged_leg(Decided call) {
        check(call);
    }

    static Stream<Decided> it_need_not_have_been_the_last_or_flagged_leg() {
        return Stream.of(
                decided("the customer last", ended(LAST_PARTICIPANT_LEFT, CUSTOMER), EndedBy.DISCONNECT, RULE),
                decided(
                        "the customer last, a click",
                        ended(LAST_PARTICIPANT_LEFT, CUSTOMER).marked(),
                        EndedBy.AGENT,
                        RULE),
                decided(
                        "the customer last, a second later",
                        ended(LAST_PARTICIPANT_LEFT, CUSTOMER).after(A_SECOND),
                        EndedBy.DISCONNECT,
                        RULE),
                undecided(
                        "the customer last, later than that",
                        ended(LAST_PARTICIPANT_LEFT, CUSTOMER).after(OVER_A_SECOND)),
                undecided(
                        "the customer last, in a transfer",
                        ended(LAST_PARTICIPANT_LEFT, CUSTOMER).startsTransfer(Mode.WARM)),
                undecided(
                        "the customer last, with another agent",
                        ended(LAST_PARTICIPANT_LEFT, CUSTOMER).oneOfTwoAgents()),
                decided(
                        "the customer last, after a transfer by which an agent had joined and left",
                        ended(LAST_PARTICIPANT_LEFT, CUSTOMER).otherAgentJoinsAndLeaves(Mode.WARM, EARLIER),
                        EndedBy.DISCONNECT,
                        RULE),
                undecided("unknown who was last", ended(LAST_PARTICIPANT_LEFT)),
                decided("it goes on", ongoing(CUSTOMER), EndedBy.DISCONNECT, RULE),
                decided("it goes on, a click", ongoing(CUSTOMER).marked(), EndedBy.AGENT, RULE),
                decided("it goes on, a telephone", ongoing(CUSTOMER).on(TELEPHONE), EndedBy.AGENT, RULE),
                decided(
                        "it goes on with a stranger, too",
                        ongoing(CUSTOMER, STRANGER).notThere(STRANGER),
                        EndedBy.DISCONNECT,
                        RULE),
                decided(
                        "it goes on, the agent's leg only rings",
                        ongoing(CUSTOMER).with(new Participant(AGENT, false, true)),
                        EndedBy.DISCONNECT,
                        RULE),
                undecided(
                        "it goes on with a recorder",
                        ongoing(STRANGER)
                                .goesTo(STRANGER, SIP_PHONE)
                                .ignoring(SIP_PHONE)
                                .notThere(CUSTOMER)),
                undecided("it goes on, in a transfer", ongoing(CUSTOMER).startsTransfer(Mode.WARM)),
                undecided("it goes on with both", ongoing(CUSTOMER, AGENT)),
                undecided(
                        "it goes on with both, a click",
                        ongoing(CUSTOMER, AGENT).marked()));
    }

    @ParameterizedTest
    @MethodSource
    void ending_the_conference_counts_in_a_transfer_and_late(Decided call) {
        check(call);
    }

    static Stream<Decided> ending_the_conference_counts_in_a_transfer_and_late() {
        return Stream.of(
                decided("in a transfer", ended(EXIT_LEFT, AGENT).startsTransfer(Mode.WARM), EndedBy.DISCONNECT, RULE),
                decided(
                        "in a transfer, a click",
                        ended(EXIT_LEFT, AGENT).startsTransfer(Mode.WARM).marked(),
                        EndedBy.AGENT,
                        RULE),
                decided(
                        "its end reads as later",
                        ended(EXIT_LEFT, AGENT).after(Duration.ofSeconds(5)),
                        EndedBy.DISCONNECT,
                        RULE),
                decided("its end is not dated", ended(EXIT_LEFT, AGENT).undated(), EndedBy.DISCONNECT, RULE),
                decided(
                        "callbacks say that the leg was removed",
                        ended(EXIT_LEFT, AGENT).leaves(AGENT, PARTICIPANT_UPDATED_VIA_API),
                        EndedBy.DISCONNECT,
                        RULE));
    }

    @ParameterizedTest
    @MethodSource
    void a_leave_counts_in_a_known_order_and_for_a_reason_of_its_own(Decided call) {
        check(call);
    }

    static Stream<Decided> a_leave_counts_in_a_known_order_and_for_a_reason_of_its_own() {
        return Stream.of(
                undecided("unknown when the customer left", endedSilently().leaves(AGENT, PARTICIPANT_HUNG_UP)),
                undecided(
                        "unknown why the agent left",
                        endedSilently().leavesForUnknownReason(AGENT).leaves(CUSTOMER, PARTICIPANT_HUNG_UP)),
                undecided(
                        "in a transfer that can be this agent's, and cold",
                        endedSilently()
                                .transferredByUnknownAgent()
                                .leaves(AGENT, PARTICIPANT_HUNG_UP)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP)),
                undecided(
                        "the agent left with the conference, and the customer was present",
                        endedSilently().loggedFromTheStart(CUSTOMER, AGENT).leaves(AGENT, MODERATOR_ENDED_CONFERENCE)));
    }

    @ParameterizedTest
    @MethodSource
    void a_drop_before_the_customer_left_with_the_conference_is_one(Decided call) {
        check(call);
    }

    static Stream<Decided> a_drop_before_the_customer_left_with_the_conference_is_one() {
        Duration later = Duration.ofSeconds(9);
        Duration hardlyApart = Duration.ofMillis(1999);
        Duration apart = Duration.ofSeconds(2);
        return Stream.of(
                decided("at the same time", endedLater(later, later), EndedBy.DISCONNECT, RULE),
                decided("hardly after it", endedLater(later, later.plus(hardlyApart)), EndedBy.DISCONNECT, RULE),
                decided("hardly before it", endedLater(later, later.minus(hardlyApart)), EndedBy.DISCONNECT, RULE),
                undecided("before it", endedLater(later, later.minus(apart))),
                undecided("the call of no known end", customerLater(later).customersCall(Call.Status.COMPLETED)),
                undecided("Twilio has no such call", customerLater(later).notThere(CUSTOMER)),
                decided(
                        "a second and more after the agent",
                        endedLater(later(1001), later(1001)),
                        EndedBy.DISCONNECT,
                        RULE),
                undecided("within a second after the agent", endedLater(later(1001), later(1000))),
                undecided("the conference ended with the agent", endedLater(later(1000), later(1500))),
                undecided("a click", endedLater(later, later).marked()));
    }

    private static Evidence endedLater(Duration conference, Duration customersCall) {
        return customerLater(conference).customersCallEnded(customersCall);
    }

    private static Evidence customerLater(Duration sinceLeft) {
        return endedSilently().after(sinceLeft);
    }

    private static Duration later(int millis) {
        return Duration.ofMillis(millis);
    }
}
