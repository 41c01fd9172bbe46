package io.hangupby.decision;

import static io.hangupby.call.ParticipantLeft.Reason.MODERATOR_ENDED_CONFERENCE;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_HUNG_UP;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.endedSilently;
import static io.hangupby.decision.Evidence.ongoing;
import static io.hangupby.decision.Evidence.ongoingUnlisted;
import static io.hangupby.decision.RuleCases.AT_ONCE;
import static io.hangupby.decision.RuleCases.A_MOMENT;
import static io.hangupby.decision.RuleCases.EARLIER;
import static io.hangupby.decision.RuleCases.EXIT_LEFT;
import static io.hangupby.decision.RuleCases.check;
import static io.hangupby.decision.RuleCases.decided;
import static io.hangupby.decision.RuleCases.nothing;
import static io.hangupby.decision.RuleCases.undecided;

import io.hangupby.call.Call;
import io.hangupby.call.Transfer.Mode;
import io.hangupby.decision.RuleCases.Decided;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ColdTransferTest {
    private static final String RULE = "cold-transfer";

    @ParameterizedTest
    @MethodSource
    void it_is_a_cold_transfer_whatever_came_of_the_conference(Decided call) {
        check(call);
    }

    static Stream<Decided> it_is_a_cold_transfer_whatever_came_of_the_conference() {
        return Stream.of(
                decided("the customer waits", ongoing(CUSTOMER).startsTransfer(Mode.COLD), EndedBy.COLD_TRANSFER, RULE),
                decided(
                        "nobody has asked who is in",
                        ongoingUnlisted().startsTransfer(Mode.COLD),
                        EndedBy.COLD_TRANSFER,
                        RULE),
                decided("a click", ongoing(CUSTOMER).startsTransfer(Mode.COLD).marked(), EndedBy.COLD_TRANSFER, RULE),
                decided(
                        "the conference names the customer",
                        ended(EXIT_LEFT, CUSTOMER).startsTransfer(Mode.COLD),
                        EndedBy.COLD_TRANSFER,
                        RULE),
                decided(
                        "the conference names the agent",
                        ended(EXIT_LEFT, AGENT).startsTransfer(Mode.COLD),
                        EndedBy.COLD_TRANSFER,
                        RULE),
                decided(
                        "the conference says nothing",
                        endedSilently().startsTransfer(Mode.COLD),
                        EndedBy.COLD_TRANSFER,
                        RULE),
                decided(
                        "another agent had joined",
                        ongoing(CUSTOMER).otherAgentJoins(Mode.COLD, EARLIER),
                        EndedBy.COLD_TRANSFER,
                        RULE),
                decided(
                        "outbound",
                        ongoing(CUSTOMER).outbound().startsTransfer(Mode.COLD),
                        EndedBy.COLD_TRANSFER,
                        RULE),
                decided(
                        "it failed only later",
                        ongoing(CUSTOMER).startsFailedTransfer(Mode.COLD, A_MOMENT),
                        EndedBy.COLD_TRANSFER,
                        RULE),
                decided(
                        "an earlier one had failed",
                        ongoing(CUSTOMER)
                                .startsFailedTransfer(Mode.COLD, EARLIER)
                                .startsTransfer(Mode.COLD),
                        EndedBy.COLD_TRANSFER,
                        RULE),
                decided(
                        "one asked in to a consult hands on",
                        ongoing(CUSTOMER).invited(Mode.WARM).startsTransfer(Mode.COLD),
                        EndedBy.COLD_TRANSFER,
                        RULE));
    }

    @ParameterizedTest
    @MethodSource
    void one_that_is_cancelled_at_once_moves_the_customer(Decided call) {
        check(call);
    }

    static Stream<Decided> one_that_is_cancelled_at_once_moves_the_customer() {
        Duration start = Duration.ofSeconds(-8);
        Duration twoSeconds = Duration.ofSeconds(2);
        Duration fiveSeconds = Duration.ofSeconds(5);
        return Stream.of(
                cold("after two seconds", moved().startsAndCancelsTransfer(Mode.COLD, start, twoSeconds)),
                cold("as the agent left", moved().startsAndCancelsTransfer(Mode.COLD, AT_ONCE, AT_ONCE)),
                cold(
                        "after five seconds, and callbacks say when the customer was moved",
                        movedAt(start.plus(fiveSeconds)).startsAndCancelsTransfer(Mode.COLD, start, fiveSeconds)),
                cold(
                        "callbacks say that the customer was moved right before it began",
                        movedAt(start.minus(A_MOMENT)).startsAndCancelsTransfer(Mode.COLD, start, A_MOMENT)),
                movedOn("later", moved().startsAndCancelsTransfer(Mode.COLD, start, twoSeconds.plus(A_MOMENT))),
                movedOn("after the agent left", moved().startsAndCancelsTransfer(Mode.COLD, A_MOMENT, AT_ONCE)),
                movedOn("it was warm", moved().startsAndCancelsTransfer(Mode.WARM, start, AT_ONCE)),
                movedOn(
                        "later, by callbacks",
                        movedAt(start).startsAndCancelsTransfer(Mode.COLD, start, fiveSeconds.plus(A_MOMENT))),
                movedOn(
                        "the customer was moved later, by callbacks",
                        movedAt(start.plus(fiveSeconds).plus(A_MOMENT))
                                .startsAndCancelsTransfer(Mode.COLD, start, AT_ONCE)),
                decided(
                        "the customer was sent to a number",
                        ended(EXIT_LEFT, CUSTOMER)
                                .customersCall(Call.Status.IN_PROGRESS)
                                .customerSentTo(TELEPHONE)
                                .startsAndCancelsTransfer(Mode.COLD, start, twoSeconds),
                        EndedBy.EXTERNAL_COLD_TRANSFER,
                        "external-cold-transfer"));
    }

    private static Decided cold(String name, Evidence evidence) {
        return decided(name, evidence, EndedBy.COLD_TRANSFER, RULE);
    }

    private static Decided movedOn(String name, Evidence evidence) {
        return decided(name, evidence, EndedBy.SYSTEM, "customer-moved-on");
    }

    private static Evidence moved() {
        return ended(EXIT_LEFT, CUSTOMER)
                .customersCallAgain(Call.Status.IN_PROGRESS)
                .customerSentNowhere();
    }

    private static Evidence movedAt(Duration sinceLeft) {
        return moved().leaves(CUSTOMER, PARTICIPANT_UPDATED_VIA_API, sinceLeft)
                .leaves(AGENT, MODERATOR_ENDED_CONFERENCE);
    }

    @ParameterizedTest
    @MethodSource
    void it_is_none_where_it_failed_or_another_began_it_or_the_customer_had_left(Decided call) {
        check(call);
    }

    static Stream<Decided> it_is_none_where_it_failed_or_another_began_it_or_the_customer_had_left() {
        return Stream.of(
                decided(
                        "it had failed",
                        ended(EXIT_LEFT, AGENT).startsFailedTransfer(Mode.COLD, EARLIER),
                        EndedBy.DISCONNECT,
                        "agent-left"),
                decided(
                        "it failed that very moment",
                        ended(EXIT_LEFT, AGENT).startsFailedTransfer(Mode.COLD, AT_ONCE),
                        EndedBy.DISCONNECT,
                        "agent-left"),
                decided(
                        "it had failed, and the customer hung up",
                        ended(EXIT_LEFT, CUSTOMER)
                                .startsFailedTransfer(Mode.COLD, EARLIER)
                                .customersCallEnded(AT_ONCE),
                        EndedBy.CUSTOMER,
                        "customer-left"),
                decided(
                        "it had failed, and the agent left first",
                        ongoing(CUSTOMER)
                                .startsFailedTransfer(Mode.COLD, EARLIER)
                                .marked(),
                        EndedBy.AGENT,
                        "agent-left"),
                decided(
                        "the other agent began it",
                        ended(EXIT_LEFT, AGENT).transferredByOtherAgent(Mode.COLD),
                        EndedBy.DISCONNECT,
                        "agent-left"),
                nothing(
                        "there was no customer",
                        ongoing(CUSTOMER).withoutCustomer().startsTransfer(Mode.COLD),
                        "not-a-customer-call"),
                nothing(
                        "the customer never picked up",
                        ended(EXIT_LEFT, AGENT)
                                .outbound()
                                .startsTransfer(Mode.COLD)
                                .customersCall(Call.Status.BUSY),
                        "never-connected"),
                decided(
                        "the customer had left before, unknown why",
                        ended(EXIT_LEFT, AGENT)
                                .startsTransfer(Mode.COLD)
                                .leavesForUnknownReason(CUSTOMER)
                                .leaves(AGENT, PARTICIPANT_HUNG_UP),
                        EndedBy.DISCONNECT,
                        "agent-left"),
                undecided("unknown who began it", ongoing(CUSTOMER).transferredByUnknownAgent()));
    }
}
