package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT;
import static io.hangupby.call.ParticipantLeft.Reason.MODERATOR_ENDED_CONFERENCE;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_ADD_FAILED;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_HUNG_UP;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.BROWSER;
import static io.hangupby.decision.Evidence.CHILD;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.ROOM;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.endedSilently;
import static io.hangupby.decision.Evidence.ongoing;
import static io.hangupby.decision.Evidence.ongoingUnlisted;
import static io.hangupby.decision.Evidence.withoutConference;
import static io.hangupby.decision.RuleCases.OTHER_BROWSER;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.CallSid;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Participant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which question is open about one call. A question that was asked, or whose reply changes nothing, is not open. */
class OpenQuestionsTest {
    private static final EndReason EXIT_LEFT = PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT;
    private static final Question WHO_IS_IN = Question.participantsIn(ROOM);

    private record Asked(
            String name,
            Evidence call,
            Function<OpenQuestions, Optional<Question>> about,
            Optional<Question> question) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Asked open(
            Function<OpenQuestions, Optional<Question>> about, String name, Evidence call, Question question) {
        return new Asked(name, call, about, Optional.of(question));
    }

    private static Asked open(
            Function<OpenQuestions, Optional<Question>> about, String name, Evidence call, CallSid leg) {
        return open(about, name, call, Question.callOf(leg));
    }

    private static Asked nothing(Function<OpenQuestions, Optional<Question>> about, String name, Evidence call) {
        return new Asked(name, call, about, Optional.empty());
    }

    private static void check(Asked expected) {
        OpenQuestions questions = expected.call().build().questions();

        assertThat(expected.about().apply(questions)).isEqualTo(expected.question());
    }

    @ParameterizedTest
    @MethodSource
    void who_ended_the_conference_is_open_until_the_leg_is_known(Asked call) {
        check(call);
    }

    static Stream<Asked> who_ended_the_conference_is_open_until_the_leg_is_known() {
        Function<OpenQuestions, Optional<Question>> whoEndedIt = OpenQuestions::whoEndedIt;
        return Stream.of(
                open(whoEndedIt, "an unknown leg did", ended(EXIT_LEFT, STRANGER), STRANGER),
                nothing(whoEndedIt, "the customer's did", ended(EXIT_LEFT, CUSTOMER)),
                nothing(
                        whoEndedIt,
                        "Twilio has no such call",
                        ended(EXIT_LEFT, STRANGER).notThere(STRANGER)),
                nothing(whoEndedIt, "no leg is named", ended(EXIT_LEFT)),
                nothing(whoEndedIt, "there was no conference", withoutConference()));
    }

    @ParameterizedTest
    @MethodSource
    void who_is_in_is_open_while_the_conference_goes_on_and_nothing_lists_its_legs(Asked call) {
        check(call);
    }

    static Stream<Asked> who_is_in_is_open_while_the_conference_goes_on_and_nothing_lists_its_legs() {
        Function<OpenQuestions, Optional<Question>> whoIsIn = OpenQuestions::whoIsIn;
        return Stream.of(
                open(whoIsIn, "nobody has asked", ongoingUnlisted(), WHO_IS_IN),
                open(whoIsIn, "the log has a gap", ongoingUnlisted().leaves(AGENT, PARTICIPANT_HUNG_UP), WHO_IS_IN),
                open(
                        whoIsIn,
                        "callbacks say that it is over, and Twilio shows it in progress",
                        ongoingUnlisted().leaves(AGENT, MODERATOR_ENDED_CONFERENCE),
                        WHO_IS_IN),
                nothing(whoIsIn, "the legs are listed", ongoing(CUSTOMER)),
                nothing(whoIsIn, "a whole log says it", logged(ongoingUnlisted(), CUSTOMER, AGENT)),
                nothing(whoIsIn, "it has ended", ended(EXIT_LEFT, CUSTOMER)),
                nothing(whoIsIn, "there was no conference", withoutConference()));
    }

    /** The log is whole, and the agent's leg is the first to leave. */
    private static Evidence logged(Evidence call, CallSid... legs) {
        return call.loggedFromTheStart(legs).leaves(AGENT, PARTICIPANT_HUNG_UP);
    }

    @ParameterizedTest
    @MethodSource
    void who_the_participants_are_is_open_for_each_connected_leg_that_is_unknown(Asked call) {
        check(call);
    }

    static Stream<Asked> who_the_participants_are_is_open_for_each_connected_leg_that_is_unknown() {
        Function<OpenQuestions, Optional<Question>> who = OpenQuestions::whoTheParticipantsAre;
        return Stream.of(
                open(who, "an unknown leg is in", ongoing(CUSTOMER, AGENT, STRANGER), STRANGER),
                nothing(who, "known legs are in", ongoing(CUSTOMER, AGENT)),
                nothing(who, "an unknown leg rings", ongoing(CUSTOMER).with(rings(STRANGER))));
    }

    private static Participant rings(CallSid leg) {
        return new Participant(leg, false, true);
    }

    @ParameterizedTest
    @MethodSource
    void who_rings_is_open_while_a_ringing_leg_is_unknown_or_the_customer_stayed_alone_by_a_log(Asked call) {
        check(call);
    }

    static Stream<Asked> who_rings_is_open_while_a_ringing_leg_is_unknown_or_the_customer_stayed_alone_by_a_log() {
        Function<OpenQuestions, Optional<Question>> whoRings = OpenQuestions::whoRings;
        return Stream.of(
                open(whoRings, "an unknown leg rings", ongoing(CUSTOMER).with(rings(STRANGER)), STRANGER),
                nothing(
                        whoRings,
                        "a known leg rings",
                        ongoing(CUSTOMER).with(rings(STRANGER)).goesTo(STRANGER, TELEPHONE)),
                open(
                        whoRings,
                        "a log shows a leg that rang and never joined",
                        logged(ongoingUnlisted(), CUSTOMER, AGENT).leaves(CHILD, PARTICIPANT_ADD_FAILED),
                        CHILD),
                open(whoRings, "the customer is alone", logged(ongoingUnlisted(), CUSTOMER, AGENT), WHO_IS_IN),
                open(
                        whoRings,
                        "the customer is alone with a supervisor",
                        logged(ongoingUnlisted(), CUSTOMER, AGENT, STRANGER).goesTo(STRANGER, OTHER_BROWSER),
                        WHO_IS_IN),
                nothing(
                        whoRings,
                        "an outside party is in",
                        logged(ongoingUnlisted(), CUSTOMER, AGENT, STRANGER).goesTo(STRANGER, TELEPHONE)),
                nothing(whoRings, "an unknown leg is in", logged(ongoingUnlisted(), CUSTOMER, AGENT, STRANGER)),
                nothing(whoRings, "the legs are listed", logged(ongoing(CUSTOMER), CUSTOMER, AGENT)),
                nothing(whoRings, "the log has a gap", ongoingUnlisted().leaves(AGENT, PARTICIPANT_HUNG_UP)),
                nothing(whoRings, "it has ended", logged(ended(EXIT_LEFT, CUSTOMER), CUSTOMER, AGENT)));
    }

    @ParameterizedTest
    @MethodSource
    void whether_the_agent_is_in_is_open_until_the_agent_is_known_to_have_left(Asked call) {
        check(call);
    }

    static Stream<Asked> whether_the_agent_is_in_is_open_until_the_agent_is_known_to_have_left() {
        Function<OpenQuestions, Optional<Question>> isIn = OpenQuestions::whetherTheAgentIsIn;
        return Stream.of(
                open(
                        isIn,
                        "the agent's leg is not named",
                        ongoing(CUSTOMER, STRANGER).withoutWorkerLeg(),
                        STRANGER),
                open(isIn, "the agent's leg is listed", ongoing(CUSTOMER, AGENT, STRANGER), STRANGER),
                open(
                        isIn,
                        "the leg may be another agent's",
                        ongoing(CUSTOMER, AGENT).oneOfTwoAgents(),
                        AGENT),
                nothing(isIn, "the agent's leg is not listed", ongoing(CUSTOMER, STRANGER)),
                nothing(
                        isIn,
                        "a callback says that the agent left",
                        ongoing(CUSTOMER, STRANGER)
                                .withoutWorkerLeg()
                                .goesTo(AGENT, BROWSER)
                                .leaves(AGENT, PARTICIPANT_HUNG_UP)));
    }

    @ParameterizedTest
    @MethodSource
    void whether_it_is_settled_is_open_while_an_unknown_leg_may_be_the_agents(Asked call) {
        check(call);
    }

    static Stream<Asked> whether_it_is_settled_is_open_while_an_unknown_leg_may_be_the_agents() {
        Function<OpenQuestions, Optional<Question>> isSettled = OpenQuestions::whetherItIsSettled;
        return Stream.of(
                open(isSettled, "the agent's leg is listed", ongoing(CUSTOMER, AGENT, STRANGER), STRANGER),
                nothing(isSettled, "the agent's leg is not listed", ongoing(CUSTOMER, STRANGER)));
    }

    @ParameterizedTest
    @MethodSource
    void who_left_first_is_open_while_the_order_depends_on_an_unknown_leg(Asked call) {
        check(call);
    }

    static Stream<Asked> who_left_first_is_open_while_the_order_depends_on_an_unknown_leg() {
        Function<OpenQuestions, Optional<Question>> first = OpenQuestions::whoLeftFirst;
        return Stream.of(
                nothing(first, "there is no log", ended(EXIT_LEFT, STRANGER)),
                open(
                        first,
                        "an unknown leg ended it",
                        ended(EXIT_LEFT, STRANGER).leaves(CUSTOMER, PARTICIPANT_HUNG_UP),
                        STRANGER),
                nothing(
                        first,
                        "an unknown leg ended it, and the agent's leave is known",
                        ended(EXIT_LEFT, STRANGER).leaves(AGENT, PARTICIPANT_HUNG_UP)),
                open(
                        first,
                        "an unknown leg was removed",
                        ended(EXIT_LEFT, CUSTOMER).leaves(STRANGER, PARTICIPANT_UPDATED_VIA_API),
                        STRANGER),
                nothing(
                        first,
                        "an unknown leg hung up, and nobody else's leave is known",
                        ended(EXIT_LEFT, CUSTOMER).leaves(STRANGER, PARTICIPANT_HUNG_UP)),
                open(
                        first,
                        "it goes on, and the agent may still be in",
                        ongoing(CUSTOMER, AGENT).leaves(STRANGER, PARTICIPANT_HUNG_UP),
                        STRANGER),
                nothing(first, "it goes on without the agent", ongoing(CUSTOMER).leaves(STRANGER, PARTICIPANT_HUNG_UP)),
                nothing(
                        first,
                        "it is over by the callbacks, and Twilio shows it in progress",
                        ongoing(CUSTOMER).withoutWorkerLeg().leaves(STRANGER, MODERATOR_ENDED_CONFERENCE)),
                open(
                        first,
                        "an unknown leg left before the customer",
                        endedSilently().leaves(STRANGER, PARTICIPANT_HUNG_UP).leaves(CUSTOMER, PARTICIPANT_HUNG_UP),
                        STRANGER),
                open(
                        first,
                        "an unknown leg left after the customer",
                        endedSilently().leaves(CUSTOMER, PARTICIPANT_HUNG_UP).leaves(STRANGER, PARTICIPANT_HUNG_UP),
                        STRANGER),
                nothing(
                        first,
                        "an unknown leg left after the customer, who ended it",
                        ended(EXIT_LEFT, CUSTOMER)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP)
                                .leaves(STRANGER, PARTICIPANT_HUNG_UP)),
                open(
                        first,
                        "an unknown leg left before another party ended it",
                        byOutsideParty().leaves(STRANGER, PARTICIPANT_HUNG_UP).leaves(CHILD, PARTICIPANT_HUNG_UP),
                        STRANGER),
                nothing(
                        first,
                        "an unknown leg left after another party ended it",
                        byOutsideParty().leaves(CHILD, PARTICIPANT_HUNG_UP).leaves(STRANGER, PARTICIPANT_HUNG_UP)));
    }

    private static Evidence byOutsideParty() {
        return ended(EXIT_LEFT, CHILD).goesTo(CHILD, TELEPHONE);
    }

    @ParameterizedTest
    @MethodSource
    void whose_leave_it_was_is_open_near_the_agents_end(Asked call) {
        check(call);
    }

    static Stream<Asked> whose_leave_it_was_is_open_near_the_agents_end() {
        Function<OpenQuestions, Optional<Question>> whoLeft = OpenQuestions::whoLeft;
        Function<OpenQuestions, Optional<Question>> afterCustomer = OpenQuestions::whetherTheCustomerLeftFirst;
        Evidence customerFirst =
                endedSilently().leaves(CUSTOMER, PARTICIPANT_HUNG_UP).leaves(STRANGER, PARTICIPANT_HUNG_UP);
        return Stream.of(
                open(whoLeft, "an unknown leg left", customerFirst, STRANGER),
                nothing(
                        whoLeft,
                        "an unknown leg left long before",
                        endedSilently().leaves(STRANGER, PARTICIPANT_HUNG_UP, Duration.ofMinutes(-1))),
                nothing(whoLeft, "the customer left", endedSilently().leaves(CUSTOMER, PARTICIPANT_HUNG_UP)),
                open(afterCustomer, "an unknown leg left after the customer", customerFirst, STRANGER),
                nothing(
                        afterCustomer,
                        "an unknown leg left after the customer, and the agent's leave is known",
                        endedSilently()
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP)
                                .leaves(STRANGER, PARTICIPANT_HUNG_UP)
                                .leaves(AGENT, PARTICIPANT_HUNG_UP)),
                nothing(
                        afterCustomer,
                        "an unknown leg left before the customer",
                        endedSilently().leaves(STRANGER, PARTICIPANT_HUNG_UP).leaves(CUSTOMER, PARTICIPANT_HUNG_UP)));
    }

    private record AllAsked(String name, Evidence call, List<Question> questions) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A decider that does not say which questions it has gets the replies to all of them. */
    @ParameterizedTest
    @MethodSource
    void all_questions_are_each_asked_once(AllAsked call) {
        Decider decider = evidence -> RuleCases.DECIDER.decide(evidence);

        assertThat(decider.openQuestions(call.call().build())).isEqualTo(call.questions());
    }

    static Stream<AllAsked> all_questions_are_each_asked_once() {
        return Stream.of(
                new AllAsked(
                        "nothing was asked",
                        ongoingUnlisted().leaves(STRANGER, PARTICIPANT_HUNG_UP),
                        List.of(WHO_IS_IN, Question.callOf(CUSTOMER), Question.callOf(STRANGER))),
                new AllAsked("the customer ended it", ended(EXIT_LEFT, CUSTOMER), List.of(Question.callOf(CUSTOMER))),
                new AllAsked(
                        "an unknown leg is in",
                        ongoing(CUSTOMER, AGENT, STRANGER),
                        List.of(Question.callOf(CUSTOMER), Question.callOf(STRANGER))),
                new AllAsked(
                        "all was asked",
                        ongoing(CUSTOMER, STRANGER).notThere(CUSTOMER).notThere(STRANGER),
                        List.of()));
    }
}
