package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.CONFERENCE_ENDED_VIA_API;
import static io.hangupby.call.Conference.EndReason.LAST_PARTICIPANT_LEFT;
import static io.hangupby.call.ParticipantLeft.Reason.MODERATOR_ENDED_CONFERENCE;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_HUNG_UP;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.BROWSER;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.OTHER_AGENTS_BROWSER;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.endedSilently;
import static io.hangupby.decision.Evidence.ongoing;
import static io.hangupby.decision.RuleCases.EXIT_LEFT;
import static io.hangupby.decision.RuleCases.check;
import static io.hangupby.decision.RuleCases.decided;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.Transfer.Mode;
import io.hangupby.decision.RuleCases.Decided;
import io.hangupby.decision.RuleCases.Open;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What status callbacks change: the order in which the legs left, and why each did. */
class RulesByLeaveOrderTest {
    private static final Address SUPERVISORS_BROWSER = new Address("client:sue");
    private static final Duration LONG_BEFORE = Duration.ofMinutes(-2);

    @ParameterizedTest
    @MethodSource
    void the_order_decides(Decided call) {
        check(call);
    }

    static Stream<Decided> the_order_decides() {
        return Stream.of(
                decided(
                        "the customer's hang-up needs no look at their call",
                        ended(EXIT_LEFT, CUSTOMER)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP)
                                .leaves(AGENT, MODERATOR_ENDED_CONFERENCE),
                        EndedBy.CUSTOMER,
                        "customer-left"),
                decided(
                        "three talk: the customer goes, then the agent, who ends it",
                        ended(EXIT_LEFT, AGENT)
                                .marked()
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP)
                                .leaves(AGENT, PARTICIPANT_HUNG_UP)
                                .leaves(STRANGER, MODERATOR_ENDED_CONFERENCE),
                        EndedBy.CUSTOMER,
                        "customer-left"),
                decided(
                        "two customers: the first one's going counts",
                        ended(EXIT_LEFT, STRANGER)
                                .goesTo(STRANGER, TELEPHONE)
                                .on(BROWSER)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP)
                                .leaves(STRANGER, PARTICIPANT_HUNG_UP)
                                .leaves(AGENT, MODERATOR_ENDED_CONFERENCE),
                        EndedBy.CUSTOMER,
                        "customer-left"),
                decided(
                        "the agent goes, then the customer, whose leg ends it",
                        ended(EXIT_LEFT, CUSTOMER)
                                .marked()
                                .leaves(AGENT, PARTICIPANT_HUNG_UP)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP),
                        EndedBy.AGENT,
                        "agent-left"),
                decided(
                        "the same without a click",
                        ended(LAST_PARTICIPANT_LEFT, CUSTOMER)
                                .leaves(AGENT, PARTICIPANT_HUNG_UP)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP),
                        EndedBy.DISCONNECT,
                        "agent-left"),
                decided(
                        "the resource is silent, the callbacks are not",
                        endedSilently().leaves(CUSTOMER, PARTICIPANT_HUNG_UP).leaves(AGENT, MODERATOR_ENDED_CONFERENCE),
                        EndedBy.CUSTOMER,
                        "customer-left"),
                decided(
                        "the customer's leg was taken down, and their call with it",
                        ended(EXIT_LEFT, CUSTOMER)
                                .customersCallEnded(Duration.ZERO)
                                .leaves(CUSTOMER, PARTICIPANT_UPDATED_VIA_API)
                                .leaves(AGENT, MODERATOR_ENDED_CONFERENCE),
                        EndedBy.AGENT,
                        "customer-removed"),
                decided(
                        "the customer's leg was moved, and their call goes on",
                        ended(EXIT_LEFT, CUSTOMER)
                                .customersCallAgain(Call.Status.IN_PROGRESS)
                                .customerSentNowhere()
                                .leaves(CUSTOMER, PARTICIPANT_UPDATED_VIA_API)
                                .leaves(AGENT, MODERATOR_ENDED_CONFERENCE),
                        EndedBy.SYSTEM,
                        "customer-moved-on"),
                decided(
                        "the customer was moved after the agent had left",
                        ended(EXIT_LEFT, CUSTOMER)
                                .marked()
                                .customersCall(Call.Status.IN_PROGRESS)
                                .customerSentNowhere()
                                .leaves(AGENT, PARTICIPANT_HUNG_UP)
                                .leaves(CUSTOMER, PARTICIPANT_UPDATED_VIA_API),
                        EndedBy.AGENT,
                        "agent-left"),
                decided(
                        "transferred, but the customer had left before",
                        ended(EXIT_LEFT, AGENT)
                                .marked()
                                .startsTransfer(Mode.COLD)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP)
                                .leaves(AGENT, PARTICIPANT_HUNG_UP),
                        EndedBy.CUSTOMER,
                        "customer-left"),
                decided(
                        "transferred, and the customer gave up a moment later",
                        ended(LAST_PARTICIPANT_LEFT, CUSTOMER)
                                .startsTransfer(Mode.COLD)
                                .leaves(AGENT, PARTICIPANT_HUNG_UP)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP),
                        EndedBy.COLD_TRANSFER,
                        "cold-transfer"),
                decided(
                        "the agent's leg was removed",
                        ongoing(CUSTOMER).leaves(AGENT, PARTICIPANT_UPDATED_VIA_API),
                        EndedBy.AGENT,
                        "agent-removed"),
                decided(
                        "the agent's leg was removed, with a supervisor talking",
                        ongoing(CUSTOMER, STRANGER)
                                .goesTo(STRANGER, SUPERVISORS_BROWSER)
                                .joins(STRANGER, true)
                                .leaves(AGENT, PARTICIPANT_UPDATED_VIA_API),
                        EndedBy.SUPERVISOR,
                        "agent-removed"),
                decided(
                        "the same with one who only listened",
                        ongoing(CUSTOMER, STRANGER)
                                .goesTo(STRANGER, SUPERVISORS_BROWSER)
                                .joins(STRANGER, false)
                                .leaves(AGENT, PARTICIPANT_UPDATED_VIA_API),
                        EndedBy.AGENT,
                        "agent-removed"),
                decided(
                        "the same with one who had left before",
                        ongoing(CUSTOMER)
                                .goesTo(STRANGER, SUPERVISORS_BROWSER)
                                .joins(STRANGER, true)
                                .leaves(STRANGER, PARTICIPANT_HUNG_UP, LONG_BEFORE)
                                .leaves(AGENT, PARTICIPANT_UPDATED_VIA_API),
                        EndedBy.AGENT,
                        "agent-removed"),
                decided(
                        "ended through the API: everybody's leaving follows from it",
                        ended(CONFERENCE_ENDED_VIA_API)
                                .leaves(CUSTOMER, ParticipantLeft.Reason.CONFERENCE_ENDED_VIA_API)
                                .leaves(AGENT, ParticipantLeft.Reason.CONFERENCE_ENDED_VIA_API),
                        EndedBy.SYSTEM,
                        "ended-by-api"),
                decided(
                        "transferred, and a program ended the call: who then left first does not count",
                        ended(CONFERENCE_ENDED_VIA_API)
                                .startsTransfer(Mode.COLD)
                                .leaves(CUSTOMER, ParticipantLeft.Reason.CONFERENCE_ENDED_VIA_API)
                                .leaves(AGENT, ParticipantLeft.Reason.CONFERENCE_ENDED_VIA_API),
                        EndedBy.COLD_TRANSFER,
                        "cold-transfer"),
                decided(
                        "the agent's leg was removed, and the customer's went with the conference",
                        endedSilently()
                                .leaves(CUSTOMER, MODERATOR_ENDED_CONFERENCE)
                                .leaves(AGENT, PARTICIPANT_UPDATED_VIA_API),
                        EndedBy.AGENT,
                        "agent-removed"),
                decided(
                        "the customer's call ended with a conference that still reads as open",
                        ongoing()
                                .customersCallEnded(Duration.ZERO)
                                .leaves(CUSTOMER, MODERATOR_ENDED_CONFERENCE)
                                .leaves(AGENT, MODERATOR_ENDED_CONFERENCE),
                        EndedBy.UNKNOWN,
                        "undecided"),
                decided(
                        "one of two agents transferred, but the customer had left before",
                        ended(EXIT_LEFT, CUSTOMER)
                                .afterAnotherAgent()
                                .startsTransfer(Mode.COLD)
                                .goesTo(STRANGER, BROWSER)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP)
                                .leaves(STRANGER, MODERATOR_ENDED_CONFERENCE),
                        EndedBy.CUSTOMER,
                        "customer-left"),
                decided(
                        "half an order is none",
                        ended(EXIT_LEFT, AGENT).marked().leaves(CUSTOMER, MODERATOR_ENDED_CONFERENCE),
                        EndedBy.AGENT,
                        "agent-left"),
                decided(
                        "another agent's leg that left before the customer's",
                        ended(EXIT_LEFT, CUSTOMER)
                                .afterAnotherAgent()
                                .goesTo(STRANGER, OTHER_AGENTS_BROWSER)
                                .leaves(STRANGER, PARTICIPANT_HUNG_UP)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP),
                        EndedBy.CUSTOMER,
                        "customer-left"));
    }

    @ParameterizedTest
    @MethodSource
    void whose_leg_it_was_is_asked_while_the_order_hangs_on_it(Open call) {
        check(call);
    }

    static Stream<Open> whose_leg_it_was_is_asked_while_the_order_hangs_on_it() {
        return Stream.of(
                new Open(
                        "of two agents one left before the customer",
                        ended(EXIT_LEFT, CUSTOMER)
                                .afterAnotherAgent()
                                .leaves(STRANGER, PARTICIPANT_HUNG_UP)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP),
                        Question.callOf(STRANGER)),
                new Open(
                        "of two agents one transferred, and a leg left after the customer, who ended it",
                        ended(EXIT_LEFT, CUSTOMER)
                                .afterAnotherAgent()
                                .startsTransfer(Mode.COLD)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP)
                                .leaves(STRANGER, MODERATOR_ENDED_CONFERENCE),
                        Question.callOf(STRANGER)),
                new Open(
                        "the same if it is unknown why the customer left",
                        endedSilently()
                                .afterAnotherAgent()
                                .startsTransfer(Mode.COLD)
                                .leavesForUnknownReason(CUSTOMER)
                                .leaves(STRANGER, MODERATOR_ENDED_CONFERENCE),
                        Question.callOf(STRANGER)),
                new Open(
                        "one of two agents joined by a warm transfer, and a leg went with the conference",
                        endedSilently()
                                .after(Duration.ofSeconds(2))
                                .otherAgentJoins(Mode.WARM, LONG_BEFORE)
                                .leavesForUnknownReason(CUSTOMER)
                                .leaves(STRANGER, MODERATOR_ENDED_CONFERENCE),
                        Question.callOf(STRANGER)),
                new Open(
                        "a leg left before the customer, and it is unknown why either did",
                        endedSilently()
                                .afterAnotherAgent()
                                .leavesForUnknownReason(STRANGER)
                                .leavesForUnknownReason(CUSTOMER),
                        Question.callOf(STRANGER)),
                new Open(
                        "somebody who talked when the agent was taken down",
                        ongoing(CUSTOMER).joins(STRANGER, true).leaves(AGENT, PARTICIPANT_UPDATED_VIA_API),
                        Question.callOf(STRANGER)));
    }

    @ParameterizedTest
    @MethodSource
    void a_leg_is_not_asked_for_where_nothing_hangs_on_it(Decided call) {
        check(call);
    }

    static Stream<Decided> a_leg_is_not_asked_for_where_nothing_hangs_on_it() {
        return Stream.of(
                decided(
                        "it left long before the agent",
                        ended(EXIT_LEFT, CUSTOMER)
                                .afterAnotherAgent()
                                .leaves(STRANGER, PARTICIPANT_HUNG_UP, LONG_BEFORE)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP),
                        EndedBy.CUSTOMER,
                        "customer-left"),
                decided(
                        "it left, and the agent had transferred a customer who is still there",
                        ongoing(CUSTOMER)
                                .oneOfTwoAgents()
                                .startsTransfer(Mode.COLD)
                                .leaves(STRANGER, PARTICIPANT_HUNG_UP),
                        EndedBy.COLD_TRANSFER,
                        "cold-transfer"),
                decided(
                        "it left after the customer, who ended it",
                        ended(EXIT_LEFT, CUSTOMER)
                                .afterAnotherAgent()
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP)
                                .leaves(STRANGER, MODERATOR_ENDED_CONFERENCE),
                        EndedBy.CUSTOMER,
                        "customer-left"));
    }
}
