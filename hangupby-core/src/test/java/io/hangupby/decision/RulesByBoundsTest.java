package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.CONFERENCE_ENDED_VIA_API;
import static io.hangupby.call.Conference.EndReason.LAST_PARTICIPANT_LEFT;
import static io.hangupby.call.Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT;
import static io.hangupby.call.ParticipantLeft.Reason.MODERATOR_ENDED_CONFERENCE;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_HUNG_UP;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API;
import static io.hangupby.decision.Evidence.ACCEPTED;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.LEFT;
import static io.hangupby.decision.Evidence.SIP_PHONE;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.ongoing;
import static io.hangupby.decision.Evidence.withoutConference;
import static io.hangupby.decision.RuleCases.check;
import static io.hangupby.decision.RuleCases.decided;
import static io.hangupby.decision.RuleCases.nothing;
import static io.hangupby.decision.RuleCases.undecided;

import io.hangupby.call.Call;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Participant;
import io.hangupby.call.Transfer.Mode;
import io.hangupby.decision.RuleCases.Decided;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What lies before the segment, who went first of three, who was present when the agent left, and calls without a conference. */
class RulesByBoundsTest {
    private static final EndReason EXIT_LEFT = PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT;
    private static final Duration AN_HOUR_BEFORE = Duration.ofHours(-1);
    private static final Duration HARDLY_BEFORE = Duration.ofMillis(-1999);

    @ParameterizedTest
    @MethodSource
    void what_ended_before_the_agent_accepted_is_no_evidence(Decided call) {
        check(call);
    }

    static Stream<Decided> what_ended_before_the_agent_accepted_is_no_evidence() {
        Duration accepted = Duration.between(LEFT, ACCEPTED);
        return Stream.of(
                nothing(
                        "a voicemail with the call of an hour ago",
                        withoutConference().customersCallEnded(AN_HOUR_BEFORE),
                        "not-a-customer-call"),
                nothing(
                        "the same, and the agent clicked",
                        withoutConference().customersCallEnded(AN_HOUR_BEFORE).marked(),
                        "not-a-customer-call"),
                nothing(
                        "a copied conference that the agent's leg had ended",
                        ended(EXIT_LEFT, AGENT).after(AN_HOUR_BEFORE).customersCallEnded(AN_HOUR_BEFORE),
                        "not-a-customer-call"),
                nothing(
                        "a second before",
                        withoutConference().customersCallEnded(accepted.minusSeconds(1)),
                        "not-a-customer-call"),
                decided(
                        "within that second",
                        withoutConference().customersCallEnded(accepted.minusMillis(999)),
                        EndedBy.CUSTOMER,
                        "customer-left"));
    }

    @ParameterizedTest
    @MethodSource
    void a_customer_whose_call_ended_clearly_before_had_left_first(Decided call) {
        check(call);
    }

    static Stream<Decided> a_customer_whose_call_ended_clearly_before_had_left_first() {
        return Stream.of(
                decided("the agent clicks", first(ended(EXIT_LEFT, AGENT).marked()), EndedBy.CUSTOMER, "customer-left"),
                decided("the agent drops", first(ended(EXIT_LEFT, AGENT)), EndedBy.CUSTOMER, "customer-left"),
                decided(
                        "an outside party ends it",
                        first(ended(EXIT_LEFT, STRANGER).goesTo(STRANGER, TELEPHONE)),
                        EndedBy.CUSTOMER,
                        "customer-left"),
                decided("a program ends it", first(ended(CONFERENCE_ENDED_VIA_API)), EndedBy.CUSTOMER, "customer-left"),
                decided(
                        "the agent is the last",
                        first(ended(LAST_PARTICIPANT_LEFT, AGENT)),
                        EndedBy.CUSTOMER,
                        "customer-left"),
                decided(
                        "hardly before",
                        ended(EXIT_LEFT, AGENT).customersCallEnded(HARDLY_BEFORE),
                        EndedBy.DISCONNECT,
                        "agent-left"),
                decided(
                        "consulted, and the customer had left before",
                        first(ended(LAST_PARTICIPANT_LEFT, STRANGER)
                                .goesTo(STRANGER, Evidence.OTHER_AGENTS_BROWSER)
                                .after(Duration.ofSeconds(9))
                                .invited(Mode.WARM)),
                        EndedBy.CUSTOMER,
                        "customer-left"));
    }

    private static Evidence first(Evidence evidence) {
        return evidence.customersCallEnded(Duration.ofMinutes(-1));
    }

    @ParameterizedTest
    @MethodSource
    void a_whole_log_says_who_was_present_however_late_the_evidence_is(Decided call) {
        check(call);
    }

    static Stream<Decided> a_whole_log_says_who_was_present_however_late_the_evidence_is() {
        return Stream.of(
                decided(
                        "an outside party talks on, and the conference is over by now",
                        talkOfThree(ended(EXIT_LEFT, CUSTOMER).after(Duration.ofSeconds(3)))
                                .marked()
                                .leaves(AGENT, PARTICIPANT_HUNG_UP)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP, Duration.ofSeconds(3)),
                        EndedBy.EXTERNAL_WARM_TRANSFER,
                        "external-warm-transfer"),
                decided(
                        "an outside party talks on, and Twilio still lists the agent",
                        talkOfThree(ongoing(CUSTOMER, AGENT, STRANGER)).marked().leaves(AGENT, PARTICIPANT_HUNG_UP),
                        EndedBy.EXTERNAL_WARM_TRANSFER,
                        "external-warm-transfer"),
                decided(
                        "the same, and the agent drops",
                        talkOfThree(ongoing(CUSTOMER, AGENT, STRANGER)).leaves(AGENT, PARTICIPANT_HUNG_UP),
                        EndedBy.DISCONNECT,
                        "agent-left"),
                undecided(
                        "the agent's leg left with the conference, which Twilio still shows",
                        talkOfThree(ongoing(CUSTOMER, AGENT, STRANGER))
                                .marked()
                                .leaves(AGENT, MODERATOR_ENDED_CONFERENCE)),
                decided(
                        "a warm transfer that nobody has accepted",
                        ongoing(CUSTOMER)
                                .loggedFromTheStart(CUSTOMER, AGENT)
                                .startsTransfer(Mode.WARM)
                                .leaves(AGENT, PARTICIPANT_HUNG_UP),
                        EndedBy.DISCONNECT,
                        "agent-left"));
    }

    private static Evidence talkOfThree(Evidence evidence) {
        return evidence.loggedFromTheStart(CUSTOMER, AGENT, STRANGER).goesTo(STRANGER, TELEPHONE);
    }

    @ParameterizedTest
    @MethodSource
    void an_outside_party_that_rings_makes_it_an_external_cold_transfer(Decided call) {
        check(call);
    }

    static Stream<Decided> an_outside_party_that_rings_makes_it_an_external_cold_transfer() {
        return Stream.of(
                decided("a click", ringing().marked(), EndedBy.EXTERNAL_COLD_TRANSFER, "external-cold-transfer"),
                decided("a drop", ringing(), EndedBy.DISCONNECT, "agent-left"),
                decided(
                        "with another agent",
                        ringing().marked().oneOfTwoAgents().withoutWorkerLeg(),
                        EndedBy.AGENT,
                        "agent-left"),
                decided(
                        "it joins after the agent has left",
                        ongoing(CUSTOMER, STRANGER)
                                .loggedFromTheStart(CUSTOMER, AGENT)
                                .goesTo(STRANGER, TELEPHONE)
                                .marked()
                                .leaves(AGENT, PARTICIPANT_HUNG_UP)
                                .leaves(STRANGER, PARTICIPANT_HUNG_UP, Duration.ofSeconds(3)),
                        EndedBy.EXTERNAL_COLD_TRANSFER,
                        "external-cold-transfer"));
    }

    private static Evidence ringing() {
        return ongoing(CUSTOMER).with(new Participant(STRANGER, false, true)).goesTo(STRANGER, TELEPHONE);
    }

    @ParameterizedTest
    @MethodSource
    void an_ignored_participant_is_no_party(Decided call) {
        check(call);
    }

    static Stream<Decided> an_ignored_participant_is_no_party() {
        return Stream.of(
                decided(
                        "a recorder stays in with the customer",
                        ongoing(CUSTOMER, STRANGER)
                                .goesTo(STRANGER, SIP_PHONE)
                                .ignoring(SIP_PHONE)
                                .marked(),
                        EndedBy.AGENT,
                        "agent-left"),
                undecided(
                        "a recorder's leg ended the conference",
                        ended(EXIT_LEFT, STRANGER).goesTo(STRANGER, SIP_PHONE).ignoring(SIP_PHONE)));
    }

    @ParameterizedTest
    @MethodSource
    void a_cold_transfer_can_be_made_by_moving_the_customer(Decided call) {
        check(call);
    }

    static Stream<Decided> a_cold_transfer_can_be_made_by_moving_the_customer() {
        return Stream.of(
                decided(
                        "callbacks say that the customer was moved",
                        moved().startsTransfer(Mode.COLD),
                        EndedBy.COLD_TRANSFER,
                        "cold-transfer"),
                decided(
                        "cancelled a minute after it began, when the agent left",
                        ended(EXIT_LEFT, CUSTOMER)
                                .customersCallAgain(Call.Status.IN_PROGRESS)
                                .customerSentNowhere()
                                .startsFailedTransfer(Mode.COLD, Duration.ZERO),
                        EndedBy.SYSTEM,
                        "customer-moved-on"));
    }

    private static Evidence moved() {
        return ended(EXIT_LEFT, CUSTOMER)
                .customersCallAgain(Call.Status.IN_PROGRESS)
                .customerSentNowhere()
                .leaves(CUSTOMER, PARTICIPANT_UPDATED_VIA_API)
                .leaves(AGENT, MODERATOR_ENDED_CONFERENCE);
    }
}
