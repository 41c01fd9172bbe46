package io.hangupby.decision;

import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_HUNG_UP;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.CHILD;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.SIP_PHONE;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.ongoing;
import static io.hangupby.decision.Evidence.ongoingUnlisted;
import static io.hangupby.decision.RuleCases.AT_ONCE;
import static io.hangupby.decision.RuleCases.DECIDER;
import static io.hangupby.decision.RuleCases.EXIT_LEFT;
import static io.hangupby.decision.RuleCases.OTHER_BROWSER;
import static io.hangupby.decision.RuleCases.check;
import static io.hangupby.decision.RuleCases.decided;
import static io.hangupby.decision.RuleCases.needs;
import static io.hangupby.decision.RuleCases.undecided;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Call;
import io.hangupby.call.Participant;
import io.hangupby.decision.RuleCases.Decided;
import io.hangupby.decision.RuleCases.Open;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExternalWarmTransferTest {
    private static final String RULE = "external-warm-transfer";

    @ParameterizedTest
    @MethodSource
    void an_agent_who_left_on_purpose_handed_the_customer_on(Decided call) {
        check(call);
    }

    static Stream<Decided> an_agent_who_left_on_purpose_handed_the_customer_on() {
        return Stream.of(
                decided(
                        "a click",
                        ongoing(CUSTOMER, STRANGER).goesTo(STRANGER, TELEPHONE).marked(),
                        EndedBy.EXTERNAL_WARM_TRANSFER,
                        RULE),
                decided(
                        "no plugin",
                        ongoing(CUSTOMER, STRANGER).goesTo(STRANGER, TELEPHONE).withoutPlugin(),
                        EndedBy.EXTERNAL_WARM_TRANSFER,
                        RULE),
                decided(
                        "a desk phone",
                        ongoing(CUSTOMER, STRANGER).goesTo(STRANGER, TELEPHONE).on(SIP_PHONE),
                        EndedBy.EXTERNAL_WARM_TRANSFER,
                        RULE),
                decided(
                        "the End button of a desk phone",
                        ongoing(CUSTOMER, STRANGER)
                                .goesTo(STRANGER, TELEPHONE)
                                .on(SIP_PHONE)
                                .leaves(AGENT, PARTICIPANT_UPDATED_VIA_API),
                        EndedBy.EXTERNAL_WARM_TRANSFER,
                        RULE),
                decided(
                        "a click, with a supervisor talking",
                        ongoing(CUSTOMER, STRANGER, CHILD)
                                .goesTo(STRANGER, TELEPHONE)
                                .goesTo(CHILD, OTHER_BROWSER)
                                .joins(CHILD, true)
                                .marked()
                                .leaves(AGENT, PARTICIPANT_HUNG_UP),
                        EndedBy.EXTERNAL_WARM_TRANSFER,
                        RULE),
                decided(
                        "another outside party rings",
                        ongoing(CUSTOMER, STRANGER)
                                .with(new Participant(CHILD, false, true))
                                .goesTo(STRANGER, TELEPHONE)
                                .goesTo(CHILD, SIP_PHONE)
                                .marked(),
                        EndedBy.EXTERNAL_WARM_TRANSFER,
                        RULE),
                decided(
                        "an earlier agent had gone",
                        ongoing(CUSTOMER, STRANGER)
                                .goesTo(STRANGER, TELEPHONE)
                                .afterAnotherAgent()
                                .marked(),
                        EndedBy.EXTERNAL_WARM_TRANSFER,
                        RULE));
    }

    @ParameterizedTest
    @MethodSource
    void it_is_none_where_something_is_missing(Decided call) {
        check(call);
    }

    static Stream<Decided> it_is_none_where_something_is_missing() {
        return Stream.of(
                decided(
                        "no click",
                        ongoing(CUSTOMER, STRANGER).goesTo(STRANGER, TELEPHONE),
                        EndedBy.DISCONNECT,
                        "agent-left"),
                decided(
                        "another agent is in",
                        ongoing(CUSTOMER, STRANGER)
                                .goesTo(STRANGER, TELEPHONE)
                                .oneOfTwoAgents()
                                .marked(),
                        EndedBy.AGENT,
                        "agent-left"),
                decided(
                        "the outside party still rings",
                        ongoing(CUSTOMER)
                                .with(new Participant(STRANGER, false, true))
                                .goesTo(STRANGER, TELEPHONE)
                                .marked(),
                        EndedBy.EXTERNAL_COLD_TRANSFER,
                        "external-cold-transfer"),
                decided(
                        "a supervisor removed the agent",
                        ongoing(CUSTOMER, STRANGER, CHILD)
                                .goesTo(STRANGER, TELEPHONE)
                                .goesTo(CHILD, OTHER_BROWSER)
                                .on(SIP_PHONE)
                                .joins(CHILD, true)
                                .leaves(AGENT, PARTICIPANT_UPDATED_VIA_API),
                        EndedBy.SUPERVISOR,
                        "agent-removed"),
                decided(
                        "a supervisor still rings",
                        ongoing(CUSTOMER)
                                .with(new Participant(STRANGER, false, true))
                                .goesTo(STRANGER, OTHER_BROWSER)
                                .marked(),
                        EndedBy.AGENT,
                        "agent-left"),
                decided(
                        "it is a supervisor",
                        ongoing(CUSTOMER, STRANGER)
                                .goesTo(STRANGER, OTHER_BROWSER)
                                .marked(),
                        EndedBy.AGENT,
                        "agent-left"),
                decided(
                        "the customer has gone",
                        ongoing(STRANGER).goesTo(STRANGER, TELEPHONE).marked().customersCallEnded(AT_ONCE),
                        EndedBy.CUSTOMER,
                        "customer-left"),
                undecided(
                        "the agent is in, too",
                        ongoing(CUSTOMER, STRANGER, AGENT)
                                .goesTo(STRANGER, TELEPHONE)
                                .marked()));
    }

    @ParameterizedTest
    @MethodSource
    void what_is_not_known_is_asked_for(Open call) {
        check(call);
    }

    static Stream<Open> what_is_not_known_is_asked_for() {
        return Stream.of(
                new Open("who is in", ongoingUnlisted().marked(), Question.participantsIn(Evidence.ROOM)),
                new Open("who is in, outbound", ongoingUnlisted().outbound(), Question.participantsIn(Evidence.ROOM)),
                needs("whose leg it is", ongoing(CUSTOMER, STRANGER).marked(), STRANGER),
                needs(
                        "on what device the agent was",
                        ongoing(CUSTOMER, STRANGER).goesTo(STRANGER, TELEPHONE).onUnknownDevice(),
                        AGENT));
    }

    @Test
    void the_destination_is_the_outside_partys_number() {
        assertThat(DECIDER.decide(ongoing(CUSTOMER, STRANGER)
                                .goesTo(STRANGER, TELEPHONE)
                                .marked()
                                .build())
                        .destination())
                .contains(TELEPHONE);
        assertThat(DECIDER.decide(ended(EXIT_LEFT, CUSTOMER)
                                .customersCall(Call.Status.IN_PROGRESS)
                                .customerSentTo(SIP_PHONE)
                                .build())
                        .destination())
                .contains(SIP_PHONE);
    }
}
