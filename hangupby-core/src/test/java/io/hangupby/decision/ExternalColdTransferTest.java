package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.LAST_PARTICIPANT_LEFT;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.SIP_PHONE;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.ongoing;
import static io.hangupby.decision.RuleCases.AT_ONCE;
import static io.hangupby.decision.RuleCases.EARLIER;
import static io.hangupby.decision.RuleCases.EXIT_LEFT;
import static io.hangupby.decision.RuleCases.OTHER_BROWSER;
import static io.hangupby.decision.RuleCases.check;
import static io.hangupby.decision.RuleCases.decided;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Call;
import io.hangupby.call.Participant;
import io.hangupby.decision.RuleCases.Decided;
import io.hangupby.decision.RuleCases.Open;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExternalColdTransferTest {
    private static final String RULE = "external-cold-transfer";

    @ParameterizedTest
    @MethodSource
    void it_is_an_external_cold_transfer(Decided call) {
        check(call);
    }

    static Stream<Decided> it_is_an_external_cold_transfer() {
        return Stream.of(
                decided(
                        "no click",
                        ended(EXIT_LEFT, CUSTOMER)
                                .customersCall(Call.Status.IN_PROGRESS)
                                .customerSentTo(TELEPHONE),
                        EndedBy.EXTERNAL_COLD_TRANSFER,
                        RULE),
                decided(
                        "a click",
                        ended(EXIT_LEFT, CUSTOMER)
                                .customersCall(Call.Status.IN_PROGRESS)
                                .customerSentTo(TELEPHONE)
                                .marked(),
                        EndedBy.EXTERNAL_COLD_TRANSFER,
                        RULE),
                decided(
                        "no plugin",
                        ended(EXIT_LEFT, CUSTOMER)
                                .customersCall(Call.Status.IN_PROGRESS)
                                .customerSentTo(TELEPHONE)
                                .withoutPlugin(),
                        EndedBy.EXTERNAL_COLD_TRANSFER,
                        RULE),
                decided(
                        "a SIP device",
                        ended(EXIT_LEFT, CUSTOMER)
                                .customersCall(Call.Status.IN_PROGRESS)
                                .customerSentTo(SIP_PHONE),
                        EndedBy.EXTERNAL_COLD_TRANSFER,
                        RULE),
                decided(
                        "the agent stayed behind",
                        ended(LAST_PARTICIPANT_LEFT, AGENT)
                                .customersCall(Call.Status.IN_PROGRESS)
                                .customerSentTo(TELEPHONE),
                        EndedBy.EXTERNAL_COLD_TRANSFER,
                        RULE),
                decided(
                        "the agent is alone",
                        ongoing(AGENT).customersCall(Call.Status.IN_PROGRESS).customerSentTo(TELEPHONE),
                        EndedBy.EXTERNAL_COLD_TRANSFER,
                        RULE),
                decided(
                        "the agent ended a talk of three after the customer was moved",
                        ended(EXIT_LEFT, AGENT)
                                .customersCall(Call.Status.IN_PROGRESS)
                                .customerSentTo(TELEPHONE),
                        EndedBy.EXTERNAL_COLD_TRANSFER,
                        RULE),
                decided(
                        "after a call to a browser, and one to nowhere",
                        ended(EXIT_LEFT, CUSTOMER)
                                .customersCall(Call.Status.IN_PROGRESS)
                                .customerSentTo(OTHER_BROWSER)
                                .customerSent(Evidence.call(
                                        Evidence.CHILD, Call.Status.IN_PROGRESS, Optional.empty(), Optional.empty()))
                                .customerSentTo(TELEPHONE),
                        EndedBy.EXTERNAL_COLD_TRANSFER,
                        RULE),
                decided(
                        "it is over by now",
                        ended(EXIT_LEFT, CUSTOMER)
                                .customersCallEnded(Duration.ofMinutes(1))
                                .customerSentTo(TELEPHONE, Duration.ofMinutes(1)),
                        EndedBy.EXTERNAL_COLD_TRANSFER,
                        RULE));
    }

    @ParameterizedTest
    @MethodSource
    void a_call_that_is_no_numbers_or_was_over_is_none(Decided call) {
        check(call);
    }

    static Stream<Decided> a_call_that_is_no_numbers_or_was_over_is_none() {
        return Stream.of(
                decided(
                        "a browser",
                        ended(EXIT_LEFT, CUSTOMER)
                                .customersCallAgain(Call.Status.IN_PROGRESS)
                                .customerSentTo(OTHER_BROWSER),
                        EndedBy.SYSTEM,
                        "customer-moved-on"),
                decided(
                        "over before the agent left",
                        ended(EXIT_LEFT, CUSTOMER)
                                .customersCallAgain(Call.Status.IN_PROGRESS)
                                .customerSentTo(TELEPHONE, EARLIER),
                        EndedBy.SYSTEM,
                        "customer-moved-on"),
                decided(
                        "over as the agent left",
                        ended(EXIT_LEFT, CUSTOMER)
                                .customersCallAgain(Call.Status.IN_PROGRESS)
                                .customerSentTo(TELEPHONE, AT_ONCE),
                        EndedBy.SYSTEM,
                        "customer-moved-on"),
                decided(
                        "never answered, at an unknown moment",
                        ended(EXIT_LEFT, CUSTOMER)
                                .customersCallAgain(Call.Status.IN_PROGRESS)
                                .customerSent(Evidence.call(
                                        Evidence.CHILD,
                                        Call.Status.NO_ANSWER,
                                        Optional.of(TELEPHONE),
                                        Optional.empty())),
                        EndedBy.SYSTEM,
                        "customer-moved-on"));
    }

    @ParameterizedTest
    @MethodSource
    void where_the_customer_went_is_asked_for(Open call) {
        check(call);
    }

    static Stream<Open> where_the_customer_went_is_asked_for() {
        return Stream.of(
                new Open(
                        "the call goes on",
                        ended(EXIT_LEFT, CUSTOMER).customersCall(Call.Status.IN_PROGRESS),
                        Question.childrenOf(CUSTOMER)),
                new Open(
                        "the call ended much later",
                        ended(EXIT_LEFT, CUSTOMER).customersCallEnded(Duration.ofMinutes(1)),
                        Question.childrenOf(CUSTOMER)));
    }

    /** The unknown leg can be this agent's, which Twilio's API still lists. */
    @Test
    void with_an_outside_party_that_rings_the_connected_legs_are_asked_for() {
        Evidence ringing = ongoing(CUSTOMER, STRANGER)
                .withoutWorkerLeg()
                .marked()
                .with(new Participant(Evidence.CHILD, false, false))
                .goesTo(Evidence.CHILD, TELEPHONE);

        assertThat(RuleCases.DECIDER.openQuestions(ringing.build())).contains(Question.callOf(STRANGER));
        assertThat(RuleCases.DECIDER
                        .decide(ringing.goesTo(STRANGER, Evidence.BROWSER).build())
                        .rule())
                .isNotEqualTo(RULE);
    }
}
