package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.LAST_PARTICIPANT_LEFT;
import static io.hangupby.call.ParticipantLeft.Reason.MODERATOR_ENDED_CONFERENCE;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_HUNG_UP;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.BROWSER;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.OTHER_AGENTS_BROWSER;
import static io.hangupby.decision.Evidence.ROOM;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.endedSilently;
import static io.hangupby.decision.Evidence.ongoing;
import static io.hangupby.decision.Evidence.ongoingUnlisted;
import static io.hangupby.decision.Evidence.withoutConference;
import static io.hangupby.decision.RuleCases.EARLIER;
import static io.hangupby.decision.RuleCases.EXIT_LEFT;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Participant;
import io.hangupby.call.Transfer.Mode;
import io.hangupby.decision.rules.DecisionRules;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a rule finds by itself. A user can take out any other rule, so no rule relies on the questions of another. */
class RulesAloneTest {
    private static final Duration LATER = Duration.ofSeconds(9);
    private static final CallSid FOURTH_LEG = new CallSid("CA" + "7".repeat(32));

    private record Alone(String rule, String name, Evidence evidence) {
        Finding finding() {
            DecisionRule alone = DecisionRules.defaults().stream()
                    .filter(each -> each.id().equals(rule))
                    .findFirst()
                    .orElseThrow();
            return alone.evaluate(evidence.build());
        }

        @Override
        public String toString() {
            return rule + ": " + name;
        }
    }

    private record Asks(Alone call, Question question) {
        @Override
        public String toString() {
            return call.toString();
        }
    }

    private record Decides(Alone call, EndedBy endedBy) {
        @Override
        public String toString() {
            return call.toString();
        }
    }

    @ParameterizedTest
    @MethodSource
    void a_rule_asks_for_all_that_it_needs(Asks expected) {
        assertThat(expected.call().finding()).isEqualTo(Finding.needs(expected.question()));
    }

    static Stream<Asks> a_rule_asks_for_all_that_it_needs() {
        return Stream.of(
                asks("not-a-customer-call", "no conference", withoutConference(), CUSTOMER),
                asksWhoIsIn("never-connected", "it goes on", ongoingUnlisted().outbound()),
                asks("never-connected", "it ended", ended(EXIT_LEFT, AGENT).outbound(), CUSTOMER),
                asks(
                        "cold-transfer",
                        "a leg left after the customer's",
                        ended(EXIT_LEFT, CUSTOMER)
                                .afterAnotherAgent()
                                .startsTransfer(Mode.COLD)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP)
                                .leaves(STRANGER, MODERATOR_ENDED_CONFERENCE),
                        STRANGER),
                asks(
                        "cold-transfer",
                        "cancelled at once",
                        ended(EXIT_LEFT, CUSTOMER)
                                .startsAndCancelsTransfer(Mode.COLD, Duration.ofSeconds(-2), Duration.ofSeconds(1)),
                        CUSTOMER),
                asksWhoIsIn("warm-transfer", "it goes on", joined(ongoingUnlisted())),
                asks("warm-transfer", "it ended later", joined(endedLater()), CUSTOMER),
                asks(
                        "warm-transfer",
                        "it ended later, and the customer was listed",
                        joined(endedLater().with(new Participant(CUSTOMER, true, true))),
                        CUSTOMER),
                asks(
                        "warm-transfer",
                        "it goes on without the customer",
                        joined(ongoing(STRANGER).goesTo(STRANGER, OTHER_AGENTS_BROWSER)),
                        CUSTOMER),
                asks(
                        "warm-transfer",
                        "it ended later, and only the agent's leave is known",
                        joined(endedLater().goesTo(AGENT, BROWSER).leaves(AGENT, PARTICIPANT_HUNG_UP)),
                        CUSTOMER),
                asks(
                        "warm-transfer",
                        "it ended later, and only the customer's leave is known",
                        joined(endedLater().leaves(CUSTOMER, PARTICIPANT_HUNG_UP, LATER)),
                        CUSTOMER),
                asksWhoIsIn("consult", "it goes on", ongoingUnlisted().invited(Mode.WARM)),
                asksWhoIsIn(
                        "external-warm-transfer",
                        "it goes on",
                        ongoingUnlisted().marked()),
                asks(
                        "external-warm-transfer",
                        "a leg is unknown",
                        ongoing(CUSTOMER, STRANGER).marked(),
                        STRANGER),
                asks(
                        "external-warm-transfer",
                        "somebody talked when the agent was removed",
                        ongoing(CUSTOMER, STRANGER)
                                .goesTo(STRANGER, TELEPHONE)
                                .marked()
                                .joins(FOURTH_LEG, true)
                                .leaves(AGENT, PARTICIPANT_UPDATED_VIA_API),
                        FOURTH_LEG),
                asks("external-cold-transfer", "the customer's leg ended it", ended(EXIT_LEFT, CUSTOMER), CUSTOMER),
                asks(
                        "external-cold-transfer",
                        "an unknown leg rings",
                        ongoing(CUSTOMER)
                                .with(new Participant(STRANGER, false, true))
                                .marked(),
                        STRANGER),
                asks("customer-moved-on", "the customer's leg ended it", ended(EXIT_LEFT, CUSTOMER), CUSTOMER),
                asks(
                        "customer-left",
                        "another agent's or the agent's leg left before the customer's",
                        endedSilently()
                                .afterAnotherAgent()
                                .leaves(STRANGER, PARTICIPANT_HUNG_UP)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP),
                        STRANGER),
                asksWhoIsIn("customer-left", "it goes on", ongoingUnlisted()),
                asks("customer-left", "it ended", endedSilently(), CUSTOMER),
                asks("customer-left", "nobody is listed", ongoing(), CUSTOMER),
                asks(
                        "customer-left",
                        "only the agent's leave is known",
                        endedSilently().leaves(AGENT, PARTICIPANT_HUNG_UP),
                        CUSTOMER),
                asks(
                        "customer-left",
                        "only the customer's leave is known",
                        endedSilently().leaves(CUSTOMER, PARTICIPANT_HUNG_UP),
                        CUSTOMER),
                asks(
                        "customer-left",
                        "the agent's leg left with the conference, and the customer's was present",
                        endedSilently().loggedFromTheStart(CUSTOMER, AGENT).leaves(AGENT, MODERATOR_ENDED_CONFERENCE),
                        CUSTOMER),
                asks("external-left", "an unknown leg ended it", ended(EXIT_LEFT, STRANGER), STRANGER),
                asks("supervisor-left", "an unknown leg ended it", ended(EXIT_LEFT, STRANGER), STRANGER),
                asks("agent-left", "an unknown leg ended it", ended(EXIT_LEFT, STRANGER), STRANGER),
                asksWhoIsIn("agent-left", "it goes on", ongoingUnlisted()),
                asks("agent-left", "it ended later", endedLater(), CUSTOMER),
                asks(
                        "agent-removed",
                        "somebody talked",
                        ongoing(CUSTOMER).joins(STRANGER, true).leaves(AGENT, PARTICIPANT_UPDATED_VIA_API),
                        STRANGER));
    }

    private static Asks asks(String rule, String name, Evidence evidence, CallSid leg) {
        return new Asks(new Alone(rule, name, evidence), Question.callOf(leg));
    }

    private static Asks asksWhoIsIn(String rule, String name, Evidence evidence) {
        return new Asks(new Alone(rule, name, evidence), Question.participantsIn(ROOM));
    }

    private static Evidence joined(Evidence evidence) {
        return evidence.otherAgentJoins(Mode.WARM, EARLIER);
    }

    private static Evidence endedLater() {
        return ended(EXIT_LEFT, CUSTOMER).after(LATER);
    }

    @ParameterizedTest
    @MethodSource
    void a_rule_asks_for_nothing_that_cannot_matter(Alone call) {
        assertThat(call.finding()).isInstanceOf(Finding.NoMatch.class);
    }

    static Stream<Alone> a_rule_asks_for_nothing_that_cannot_matter() {
        return Stream.of(
                new Alone("not-a-customer-call", "there was a conference", ended(EXIT_LEFT, AGENT)),
                new Alone(
                        "consult",
                        "the agent who started the transfer had left, and a third is in",
                        ongoing(CUSTOMER)
                                .invitedByAgentWhoLeft(Mode.WARM, EARLIER)
                                .besideAThirdAgent()),
                new Alone(
                        "external-warm-transfer",
                        "the agent was dropped",
                        ongoingUnlisted().goesTo(AGENT, BROWSER)),
                new Alone("external-warm-transfer", "it ended", endedSilently().marked()),
                new Alone(
                        "external-cold-transfer",
                        "nobody rings",
                        ongoing(CUSTOMER, STRANGER).marked()),
                new Alone(
                        "customer-removed",
                        "the customer was moved, and the customer's call continues",
                        ended(EXIT_LEFT, CUSTOMER)
                                .customersCall(Call.Status.IN_PROGRESS)
                                .leaves(CUSTOMER, PARTICIPANT_UPDATED_VIA_API)
                                .leaves(AGENT, MODERATOR_ENDED_CONFERENCE)),
                new Alone("customer-left", "the customer is listed", ongoing(CUSTOMER)),
                new Alone("customer-left", "the customer was last", ended(LAST_PARTICIPANT_LEFT, CUSTOMER)),
                new Alone(
                        "customer-left",
                        "the customer left with the conference",
                        endedSilently().leaves(CUSTOMER, MODERATOR_ENDED_CONFERENCE)),
                new Alone(
                        "customer-left",
                        "the customer left first, and it is unknown why",
                        endedSilently().leavesForUnknownReason(CUSTOMER).leaves(AGENT, PARTICIPANT_HUNG_UP)),
                new Alone(
                        "customer-left",
                        "the agent left first",
                        ongoingUnlisted().leaves(AGENT, PARTICIPANT_HUNG_UP).leaves(CUSTOMER, PARTICIPANT_HUNG_UP)),
                new Alone(
                        "agent-left",
                        "without a conference, the customer's call ended first",
                        withoutConference()
                                .customersCallEnded(Duration.ofSeconds(-2))
                                .customerSentTo(BROWSER, Duration.ZERO)),
                new Alone(
                        "agent-left",
                        "the agent hung up, and nobody is listed",
                        ongoing().leaves(AGENT, PARTICIPANT_HUNG_UP)),
                new Alone("agent-left", "it ended with the segment", endedSilently()));
    }

    @ParameterizedTest
    @MethodSource
    void a_rule_decides_what_an_earlier_rule_does_not(Decides expected) {
        assertThat(expected.call().finding())
                .isInstanceOfSatisfying(
                        Finding.Matches.class,
                        found -> assertThat(found.endedBy()).isEqualTo(Optional.of(expected.endedBy())));
    }

    static Stream<Decides> a_rule_decides_what_an_earlier_rule_does_not() {
        return Stream.of(
                new Decides(
                        new Alone(
                                "warm-transfer",
                                "the agent left first, and the customer's call was not asked for",
                                joined(endedLater()
                                        .goesTo(AGENT, BROWSER)
                                        .leaves(AGENT, PARTICIPANT_HUNG_UP)
                                        .leaves(CUSTOMER, PARTICIPANT_HUNG_UP, LATER))),
                        EndedBy.WARM_TRANSFER),
                new Decides(
                        new Alone(
                                "customer-moved-on",
                                "the customer was sent to a number",
                                ended(EXIT_LEFT, CUSTOMER)
                                        .customersCall(Call.Status.IN_PROGRESS)
                                        .customerSentTo(TELEPHONE)),
                        EndedBy.SYSTEM));
    }
}
