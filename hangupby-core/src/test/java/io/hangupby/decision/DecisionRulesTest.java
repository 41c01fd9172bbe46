package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.CONFERENCE_ENDED_VIA_API;
import static io.hangupby.call.Conference.EndReason.LAST_PARTICIPANT_KICKED;
import static io.hangupby.call.Conference.EndReason.LAST_PARTICIPANT_LEFT;
import static io.hangupby.call.Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_KICKED;
import static io.hangupby.call.Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.BROWSER;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.SIP_PHONE;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.endedSilently;
import static io.hangupby.decision.Evidence.ongoing;
import static io.hangupby.decision.Evidence.ongoingUnlisted;
import static io.hangupby.decision.Evidence.withoutConference;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Participant;
import io.hangupby.call.Transfer.Mode;
import io.hangupby.decision.Fact.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionRulesTest {
    private static final EndReason EXIT_LEFT = PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT;
    private static final EndReason EXIT_KICKED = PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_KICKED;
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration A_MOMENT = Duration.ofMillis(1);
    private static final Duration EARLIER = Duration.ofMillis(-1);
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final Duration OVER_A_SECOND = Duration.ofMillis(1001);
    private static final Address OTHER_BROWSER = new Address("client:grace");

    private static final List<String> WITH_DESTINATION = List.of("external-cold-transfer", "external-warm-transfer");

    private final Decider decider = DecisionRules.decider(DecisionRules.defaults());

    /** A call and the verdict on it, with nothing left to ask. */
    private record Decided(String name, Evidence evidence, Optional<EndedBy> endedBy, String rule) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A call and the question on which its verdict hangs. */
    private record Open(String name, Evidence evidence, Question question) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Decided decided(String name, Evidence evidence, EndedBy endedBy, String rule) {
        return new Decided(name, evidence, Optional.of(endedBy), rule);
    }

    private static Decided nothing(String name, Evidence evidence, String rule) {
        return new Decided(name, evidence, Optional.empty(), rule);
    }

    private static Decided undecided(String name, Evidence evidence) {
        return decided(name, evidence, EndedBy.UNKNOWN, "undecided");
    }

    private static Open needs(String name, Evidence evidence, CallSid leg) {
        return new Open(name, evidence, new Question.CallOf(leg));
    }

    private static Open asksAgain(String name, Evidence evidence, CallSid leg) {
        return new Open(name, evidence, new Question.CallStillOpen(leg));
    }

    private void check(Decided expected) {
        CallEvidence evidence = expected.evidence().build();

        Verdict verdict = decider.decide(evidence);

        assertThat(verdict.rule()).isEqualTo(expected.rule());
        assertThat(verdict.endedBy()).isEqualTo(expected.endedBy());
        assertThat(verdict.destination().isPresent()).isEqualTo(WITH_DESTINATION.contains(verdict.rule()));
        assertThat(decider.openQuestion(evidence)).as("open question").isEmpty();
    }

    private void check(Open expected) {
        assertThat(decider.openQuestion(expected.evidence().build())).contains(expected.question());
    }

    @Test
    void come_in_the_order_of_the_documented_table() {
        assertThat(DecisionRules.defaults())
                .extracting(DecisionRule::id)
                .containsExactly(
                        "not-a-customer-call",
                        "never-connected",
                        "cold-transfer",
                        "warm-transfer",
                        "consult",
                        "external-cold-transfer",
                        "customer-moved-on",
                        "external-warm-transfer",
                        "customer-removed",
                        "customer-left",
                        "customer-left-first",
                        "external-left",
                        "supervisor-left",
                        "agent-left",
                        "agent-removed",
                        "ended-by-api");
    }

    @Nested
    class WhenThereIsNoCustomer {
        private static final String RULE = "not-a-customer-call";

        @ParameterizedTest
        @MethodSource
        void there_is_nothing_to_end(Decided call) {
            check(call);
        }

        static Stream<Decided> there_is_nothing_to_end() {
            return Stream.of(
                    nothing(
                            "voicemail: no conference, no customer",
                            withoutConference().withoutCustomer(),
                            RULE),
                    nothing(
                            "a conference without a customer",
                            ended(EXIT_LEFT, AGENT).withoutCustomer(),
                            RULE),
                    nothing(
                            "the same with a click",
                            ended(EXIT_LEFT, AGENT).withoutCustomer().marked(),
                            RULE),
                    nothing(
                            "outbound without a customer",
                            ended(EXIT_LEFT, AGENT).withoutCustomer().outbound(),
                            RULE),
                    nothing("agent to agent", ended(EXIT_LEFT, AGENT).internal(), RULE),
                    nothing(
                            "agent to agent, dialled",
                            ended(EXIT_LEFT, AGENT).internal().outbound(),
                            RULE),
                    nothing(
                            "agent to agent, not answered",
                            ended(EXIT_LEFT, AGENT).internal().outbound().customersCall(Call.Status.CANCELED),
                            RULE),
                    nothing(
                            "agent to agent, and the other one went",
                            ended(EXIT_LEFT, CUSTOMER).internal(),
                            RULE));
        }

        @Test
        void a_customer_in_a_browser_is_still_a_customer() {
            check(decided(
                    "web caller",
                    ended(EXIT_LEFT, CUSTOMER).goesTo(CUSTOMER, new Address("client:web-caller")),
                    EndedBy.CUSTOMER,
                    "customer-left"));
        }
    }

    @Nested
    class WhenTheAgentCalledTheCustomer {
        private static final String RULE = "never-connected";

        @ParameterizedTest
        @MethodSource
        void the_customers_call_is_asked_for(Open call) {
            check(call);
        }

        static Stream<Open> the_customers_call_is_asked_for() {
            return Stream.of(
                    needs(
                            "the agent was last",
                            ended(LAST_PARTICIPANT_LEFT, AGENT).outbound(),
                            CUSTOMER),
                    needs("the agent's leg ended it", ended(EXIT_LEFT, AGENT).outbound(), CUSTOMER),
                    needs(
                            "though the agent clicked",
                            ended(EXIT_LEFT, AGENT).outbound().marked(),
                            CUSTOMER),
                    needs("nobody is in any more", ongoing().outbound(), CUSTOMER),
                    needs("the agent is in", ongoing(AGENT).outbound(), CUSTOMER),
                    needs(
                            "the customer's phone still rings",
                            ongoing(AGENT)
                                    .with(new Participant(CUSTOMER, false, true))
                                    .outbound(),
                            CUSTOMER),
                    needs("there was no conference", withoutConference().outbound(), CUSTOMER));
        }

        @ParameterizedTest
        @MethodSource
        void the_verdict_goes_by_how_the_customers_call_went(Decided call) {
            check(call);
        }

        static Stream<Decided> the_verdict_goes_by_how_the_customers_call_went() {
            return Stream.of(
                    nothing("busy", outbound(Call.Status.BUSY), RULE),
                    nothing("no answer", outbound(Call.Status.NO_ANSWER), RULE),
                    nothing("failed", outbound(Call.Status.FAILED), RULE),
                    nothing(
                            "busy, and the agent clicked",
                            outbound(Call.Status.BUSY).marked(),
                            RULE),
                    nothing(
                            "busy, and the conference names the customer's leg",
                            ended(EXIT_LEFT, CUSTOMER).outbound().customersCall(Call.Status.BUSY),
                            RULE),
                    nothing(
                            "no answer, and the customer's leg was taken down",
                            ended(EXIT_KICKED, CUSTOMER).outbound().customersCall(Call.Status.NO_ANSWER),
                            RULE),
                    decided("the agent gave up", outbound(Call.Status.CANCELED), EndedBy.AGENT, RULE),
                    decided(
                            "the agent gave up while it rang",
                            ongoing()
                                    .with(new Participant(CUSTOMER, false, true))
                                    .outbound()
                                    .customersCall(Call.Status.CANCELED),
                            EndedBy.AGENT,
                            RULE),
                    decided("answered", outbound(Call.Status.COMPLETED), EndedBy.DISCONNECT, "agent-left"),
                    decided(
                            "of no such call",
                            ended(EXIT_LEFT, AGENT).outbound().notThere(CUSTOMER),
                            EndedBy.DISCONNECT,
                            "agent-left"),
                    decided(
                            "answered, and the customer hung up",
                            ended(EXIT_LEFT, CUSTOMER).outbound().customersCallEnded(AT_ONCE),
                            EndedBy.CUSTOMER,
                            "customer-left"),
                    decided(
                            "in talk with the agent's leg gone",
                            ongoing(CUSTOMER).outbound(),
                            EndedBy.DISCONNECT,
                            "agent-left"),
                    decided(
                            "in talk, whatever its call says",
                            ongoing(CUSTOMER).outbound().customersCall(Call.Status.BUSY),
                            EndedBy.DISCONNECT,
                            "agent-left"));
        }

        private static Evidence outbound(Call.Status customersCall) {
            return ended(EXIT_LEFT, AGENT).outbound().customersCall(customersCall);
        }

        @ParameterizedTest
        @MethodSource
        void an_inbound_call_was_connected_whatever_its_call_says(Decided call) {
            check(call);
        }

        static Stream<Decided> an_inbound_call_was_connected_whatever_its_call_says() {
            return Stream.of(Call.Status.BUSY, Call.Status.NO_ANSWER, Call.Status.FAILED, Call.Status.CANCELED)
                    .map(status -> decided(
                            status.toString(),
                            ended(EXIT_LEFT, AGENT).customersCall(status),
                            EndedBy.DISCONNECT,
                            "agent-left"));
        }
    }

    @Nested
    class WhenTheCustomerMayHaveBeenMovedOn {
        private static final String RULE = "customer-moved-on";

        @ParameterizedTest
        @MethodSource
        void the_customers_call_is_asked_for(Open call) {
            check(call);
        }

        static Stream<Open> the_customers_call_is_asked_for() {
            return Stream.of(
                    needs("the customer's leg ended it", ended(EXIT_LEFT, CUSTOMER), CUSTOMER),
                    needs("though the agent clicked", ended(EXIT_LEFT, CUSTOMER).marked(), CUSTOMER),
                    needs(
                            "though there is no plugin",
                            ended(EXIT_LEFT, CUSTOMER).withoutPlugin(),
                            CUSTOMER),
                    needs("the agent was last", ended(LAST_PARTICIPANT_LEFT, AGENT), CUSTOMER),
                    needs("the agent is alone", ongoing(AGENT), CUSTOMER),
                    needs("nobody is in any more", ongoing(), CUSTOMER),
                    needs(
                            "the customer's leg is not connected",
                            ongoing(AGENT).with(new Participant(CUSTOMER, false, true)),
                            CUSTOMER),
                    needs("it ended a second later", ended(EXIT_LEFT, CUSTOMER).after(A_SECOND), CUSTOMER),
                    needs(
                            "nobody knows when it ended",
                            ended(EXIT_LEFT, CUSTOMER).undated(),
                            CUSTOMER));
        }

        @ParameterizedTest
        @MethodSource
        void an_open_call_is_looked_at_again(Open call) {
            check(call);
        }

        static Stream<Open> an_open_call_is_looked_at_again() {
            return Stream.of(
                    asksAgain("the customer's leg ended it", open(ended(EXIT_LEFT, CUSTOMER)), CUSTOMER),
                    asksAgain("outbound", open(ended(EXIT_LEFT, CUSTOMER).outbound()), CUSTOMER),
                    asksAgain("the agent was last", open(ended(LAST_PARTICIPANT_LEFT, AGENT)), CUSTOMER),
                    asksAgain("the agent is alone", open(ongoing(AGENT)), CUSTOMER));
        }

        private static Evidence open(Evidence evidence) {
            return evidence.customersCall(Call.Status.IN_PROGRESS).customerSentNowhere();
        }

        private static Evidence stillOpen(Evidence evidence) {
            return evidence.customersCallAgain(Call.Status.IN_PROGRESS).customerSentNowhere();
        }

        @ParameterizedTest
        @MethodSource
        void it_was_the_agent_only_where_a_click_can_be_behind_it(Decided call) {
            check(call);
        }

        static Stream<Decided> it_was_the_agent_only_where_a_click_can_be_behind_it() {
            Duration over2Seconds = Duration.ofMillis(2001);
            return Stream.of(
                    decided("no click", stillOpen(ended(EXIT_LEFT, CUSTOMER)), EndedBy.SYSTEM, RULE),
                    decided("a click", stillOpen(ended(EXIT_LEFT, CUSTOMER).marked()), EndedBy.AGENT, RULE),
                    decided("a bare click", stillOpen(ended(EXIT_LEFT, CUSTOMER).markedBarely()), EndedBy.AGENT, RULE),
                    decided(
                            "another agent's click",
                            stillOpen(ended(EXIT_LEFT, CUSTOMER).markedForAnother()),
                            EndedBy.SYSTEM,
                            RULE),
                    decided("no plugin", stillOpen(ended(EXIT_LEFT, CUSTOMER).withoutPlugin()), EndedBy.AGENT, RULE),
                    decided(
                            "a desk phone is no click",
                            stillOpen(ended(EXIT_LEFT, CUSTOMER).on(TELEPHONE)),
                            EndedBy.SYSTEM,
                            RULE),
                    decided(
                            "the agent stayed behind",
                            stillOpen(ended(LAST_PARTICIPANT_LEFT, AGENT)),
                            EndedBy.SYSTEM,
                            RULE),
                    decided("the agent is alone", stillOpen(ongoing(AGENT)), EndedBy.SYSTEM, RULE),
                    decided(
                            "the agent is alone, a click",
                            stillOpen(ongoing(AGENT).marked()),
                            EndedBy.AGENT,
                            RULE),
                    decided("outbound", stillOpen(ended(EXIT_LEFT, CUSTOMER).outbound()), EndedBy.SYSTEM, RULE),
                    decided(
                            "the survey is over by now",
                            ended(EXIT_LEFT, CUSTOMER)
                                    .customersCallEnded(over2Seconds)
                                    .customerSentNowhere(),
                            EndedBy.SYSTEM,
                            RULE),
                    decided(
                            "the survey is over by now, a click",
                            ended(EXIT_LEFT, CUSTOMER)
                                    .customersCallEnded(over2Seconds)
                                    .customerSentNowhere()
                                    .marked(),
                            EndedBy.AGENT,
                            RULE),
                    decided(
                            "the survey is over by now, and the conference had ended within the second",
                            ended(EXIT_LEFT, CUSTOMER)
                                    .after(A_SECOND)
                                    .customersCallEnded(A_SECOND.plus(over2Seconds))
                                    .customerSentNowhere(),
                            EndedBy.SYSTEM,
                            RULE));
        }

        @ParameterizedTest
        @MethodSource
        void it_was_the_customer_where_the_call_did_not_go_on(Decided call) {
            check(call);
        }

        static Stream<Decided> it_was_the_customer_where_the_call_did_not_go_on() {
            Duration twoSeconds = Duration.ofSeconds(2);
            return Stream.of(
                    left("ended with the conference", ended(EXIT_LEFT, CUSTOMER).customersCallEnded(AT_ONCE)),
                    left("ended 2 seconds after it", ended(EXIT_LEFT, CUSTOMER).customersCallEnded(twoSeconds)),
                    left(
                            "ended 2 seconds after it, itself a second late",
                            ended(EXIT_LEFT, CUSTOMER).after(A_SECOND).customersCallEnded(twoSeconds.plus(A_SECOND))),
                    left("ended nobody knows when", ended(EXIT_LEFT, CUSTOMER).customersCall(Call.Status.COMPLETED)),
                    left(
                            "ended long after nobody knows when",
                            ended(EXIT_LEFT, CUSTOMER).undated().customersCallEnded(Duration.ofMinutes(5))),
                    left("is not there", ended(EXIT_LEFT, CUSTOMER).notThere(CUSTOMER)),
                    left(
                            "was open, and then was not",
                            ended(EXIT_LEFT, CUSTOMER).customersCallAgain(Call.Status.COMPLETED)));
        }

        private static Decided left(String name, Evidence evidence) {
            return decided(name, evidence, EndedBy.CUSTOMER, "customer-left");
        }

        @ParameterizedTest
        @MethodSource
        void nobody_asks_for_the_customers_call_where_the_end_tells_enough(Decided call) {
            check(call);
        }

        static Stream<Decided> nobody_asks_for_the_customers_call_where_the_end_tells_enough() {
            return Stream.of(
                    decided("the agent's leg", ended(EXIT_LEFT, AGENT), EndedBy.DISCONNECT, "agent-left"),
                    decided(
                            "the customer last",
                            ended(LAST_PARTICIPANT_LEFT, CUSTOMER),
                            EndedBy.DISCONNECT,
                            "agent-left"),
                    decided("the customer removed", ended(EXIT_KICKED, CUSTOMER), EndedBy.AGENT, "customer-removed"),
                    decided("the agent removed", ended(EXIT_KICKED, AGENT), EndedBy.AGENT, "agent-removed"),
                    decided("by the API", ended(CONFERENCE_ENDED_VIA_API), EndedBy.SYSTEM, "ended-by-api"),
                    decided("the customer is still in", ongoing(CUSTOMER), EndedBy.DISCONNECT, "agent-left"),
                    undecided(
                            "the customer, but later",
                            ended(EXIT_LEFT, CUSTOMER).after(OVER_A_SECOND)),
                    undecided("nothing is said", endedSilently()));
        }
    }

    @Nested
    class WhenTheCustomerWasRemoved {
        private static final String RULE = "customer-removed";

        @ParameterizedTest
        @MethodSource
        void it_was_the_agent_click_or_not(Decided call) {
            check(call);
        }

        static Stream<Decided> it_was_the_agent_click_or_not() {
            return Stream.of(
                    decided("flagged leg", ended(EXIT_KICKED, CUSTOMER), EndedBy.AGENT, RULE),
                    decided("last leg", ended(LAST_PARTICIPANT_KICKED, CUSTOMER), EndedBy.AGENT, RULE),
                    decided("a click", ended(EXIT_KICKED, CUSTOMER).marked(), EndedBy.AGENT, RULE),
                    decided("no plugin", ended(EXIT_KICKED, CUSTOMER).withoutPlugin(), EndedBy.AGENT, RULE),
                    decided("a second later", ended(EXIT_KICKED, CUSTOMER).after(A_SECOND), EndedBy.AGENT, RULE),
                    decided(
                            "outbound, its call completed",
                            ended(EXIT_KICKED, CUSTOMER).outbound().customersCallEnded(AT_ONCE),
                            EndedBy.AGENT,
                            RULE));
        }

        @ParameterizedTest
        @MethodSource
        void a_removal_of_another_time_or_leg_is_none(Decided call) {
            check(call);
        }

        static Stream<Decided> a_removal_of_another_time_or_leg_is_none() {
            return Stream.of(
                    undecided(
                            "more than a second later",
                            ended(EXIT_KICKED, CUSTOMER).after(OVER_A_SECOND)),
                    undecided("nobody knows whose leg", ended(EXIT_KICKED)),
                    undecided("a stranger's leg", ended(EXIT_KICKED, STRANGER).goesTo(STRANGER, TELEPHONE)));
        }
    }

    @Nested
    class WhenTheCustomerLeft {
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
                            hungUp().handsOnInVain(Mode.COLD, Duration.ofMillis(-1)),
                            EndedBy.CUSTOMER,
                            RULE),
                    decided("late look", hungUp().completed(), EndedBy.CUSTOMER, RULE));
        }

        private static Evidence hungUp() {
            return ended(EXIT_LEFT, CUSTOMER).customersCallEnded(AT_ONCE);
        }

        @ParameterizedTest
        @MethodSource
        void without_a_conference_the_customers_call_tells(Decided call) {
            check(call);
        }

        static Stream<Decided> without_a_conference_the_customers_call_tells() {
            return Stream.of(
                    decided("completed", withoutConference().customersCallEnded(AT_ONCE), EndedBy.CUSTOMER, RULE),
                    decided(
                            "completed, a click",
                            withoutConference().customersCallEnded(AT_ONCE).marked(),
                            EndedBy.CUSTOMER,
                            RULE),
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
                    decided(
                            "before, a click",
                            ongoing().customersCallEnded(AT_ONCE).marked(),
                            EndedBy.CUSTOMER,
                            RULE),
                    decided("a second later", ongoing(AGENT).customersCallEnded(A_SECOND), EndedBy.CUSTOMER, RULE),
                    decided(
                            "nobody knows when",
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

        @Test
        void a_call_that_ended_with_the_conference_tells_nothing_of_who_ended_that() {
            check(decided(
                    "outbound, ended through the API",
                    ended(CONFERENCE_ENDED_VIA_API).outbound().customersCallEnded(AT_ONCE),
                    EndedBy.SYSTEM,
                    "ended-by-api"));
        }
    }

    @Nested
    class WhenTheAgentWasTheLast {
        private static final String RULE = "customer-left-first";

        @ParameterizedTest
        @MethodSource
        void the_customer_had_gone_before(Decided call) {
            check(call);
        }

        static Stream<Decided> the_customer_had_gone_before() {
            return Stream.of(
                    decided("no click", agentLast(), EndedBy.CUSTOMER, RULE),
                    decided("a click", agentLast().marked(), EndedBy.CUSTOMER, RULE),
                    decided("a bare click", agentLast().markedBarely(), EndedBy.CUSTOMER, RULE),
                    decided("no plugin", agentLast().withoutPlugin(), EndedBy.CUSTOMER, RULE),
                    decided(
                            "the call is not there",
                            ended(LAST_PARTICIPANT_LEFT, AGENT).notThere(CUSTOMER),
                            EndedBy.CUSTOMER,
                            RULE),
                    decided(
                            "a leg of the agent's that the task does not name",
                            ended(LAST_PARTICIPANT_LEFT, STRANGER)
                                    .goesTo(STRANGER, BROWSER)
                                    .customersCallEnded(AT_ONCE),
                            EndedBy.CUSTOMER,
                            RULE),
                    undecided(
                            "a stranger's leg",
                            ended(LAST_PARTICIPANT_LEFT, STRANGER).goesTo(STRANGER, TELEPHONE)));
        }

        private static Evidence agentLast() {
            return ended(LAST_PARTICIPANT_LEFT, AGENT).customersCallEnded(AT_ONCE);
        }

        @Test
        void a_leg_found_to_be_the_agents_has_the_customers_call_asked_for_after_all() {
            check(needs("first", ended(LAST_PARTICIPANT_LEFT, STRANGER), STRANGER));
            check(needs("then", ended(LAST_PARTICIPANT_LEFT, STRANGER).goesTo(STRANGER, BROWSER), CUSTOMER));
        }
    }

    @Nested
    class WhenTheAgentLeft {
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
                            "what the worker says goes before the call",
                            ended(EXIT_LEFT, AGENT).on(BROWSER).goesTo(AGENT, TELEPHONE),
                            EndedBy.DISCONNECT,
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
                            ended(LAST_PARTICIPANT_LEFT, CUSTOMER).handsOn(Mode.WARM)),
                    undecided("nobody knows who was last", ended(LAST_PARTICIPANT_LEFT)),
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
                    undecided("it goes on, in a transfer", ongoing(CUSTOMER).handsOn(Mode.WARM)),
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
                    decided("in a transfer", ended(EXIT_LEFT, AGENT).handsOn(Mode.WARM), EndedBy.DISCONNECT, RULE),
                    decided(
                            "in a transfer, a click",
                            ended(EXIT_LEFT, AGENT).handsOn(Mode.WARM).marked(),
                            EndedBy.AGENT,
                            RULE),
                    decided(
                            "its end reads as later",
                            ended(EXIT_LEFT, AGENT).after(Duration.ofSeconds(5)),
                            EndedBy.DISCONNECT,
                            RULE),
                    decided("its end is not dated", ended(EXIT_LEFT, AGENT).undated(), EndedBy.DISCONNECT, RULE));
        }
    }

    @Nested
    class WhenTheAgentHandedTheCustomerOnAndLeft {
        private static final String RULE = "cold-transfer";

        @ParameterizedTest
        @MethodSource
        void it_is_a_cold_transfer_whatever_came_of_the_conference(Decided call) {
            check(call);
        }

        static Stream<Decided> it_is_a_cold_transfer_whatever_came_of_the_conference() {
            return Stream.of(
                    decided("the customer waits", ongoing(CUSTOMER).handsOn(Mode.COLD), EndedBy.COLD_TRANSFER, RULE),
                    decided(
                            "nobody has asked who is in",
                            ongoingUnlisted().handsOn(Mode.COLD),
                            EndedBy.COLD_TRANSFER,
                            RULE),
                    decided("a click", ongoing(CUSTOMER).handsOn(Mode.COLD).marked(), EndedBy.COLD_TRANSFER, RULE),
                    decided(
                            "the conference names the customer",
                            ended(EXIT_LEFT, CUSTOMER).handsOn(Mode.COLD),
                            EndedBy.COLD_TRANSFER,
                            RULE),
                    decided(
                            "the conference names the agent",
                            ended(EXIT_LEFT, AGENT).handsOn(Mode.COLD),
                            EndedBy.COLD_TRANSFER,
                            RULE),
                    decided(
                            "the conference says nothing",
                            endedSilently().handsOn(Mode.COLD),
                            EndedBy.COLD_TRANSFER,
                            RULE),
                    decided(
                            "a colleague had joined",
                            ongoing(CUSTOMER).joinedByColleague(Mode.COLD, EARLIER),
                            EndedBy.COLD_TRANSFER,
                            RULE),
                    decided("outbound", ongoing(CUSTOMER).outbound().handsOn(Mode.COLD), EndedBy.COLD_TRANSFER, RULE),
                    decided(
                            "it failed only later",
                            ongoing(CUSTOMER).handsOnInVain(Mode.COLD, A_MOMENT),
                            EndedBy.COLD_TRANSFER,
                            RULE),
                    decided(
                            "an earlier one had failed",
                            ongoing(CUSTOMER).handsOnInVain(Mode.COLD, EARLIER).handsOn(Mode.COLD),
                            EndedBy.COLD_TRANSFER,
                            RULE),
                    decided(
                            "one asked in to a consult hands on",
                            ongoing(CUSTOMER).broughtIn(Mode.WARM).handsOn(Mode.COLD),
                            EndedBy.COLD_TRANSFER,
                            RULE));
        }

        @ParameterizedTest
        @MethodSource
        void it_is_none_where_it_failed_or_another_began_it(Decided call) {
            check(call);
        }

        static Stream<Decided> it_is_none_where_it_failed_or_another_began_it() {
            return Stream.of(
                    decided(
                            "it had failed",
                            ended(EXIT_LEFT, AGENT).handsOnInVain(Mode.COLD, EARLIER),
                            EndedBy.DISCONNECT,
                            "agent-left"),
                    decided(
                            "it failed that very moment",
                            ended(EXIT_LEFT, AGENT).handsOnInVain(Mode.COLD, AT_ONCE),
                            EndedBy.DISCONNECT,
                            "agent-left"),
                    decided(
                            "it had failed, and the customer hung up",
                            ended(EXIT_LEFT, CUSTOMER)
                                    .handsOnInVain(Mode.COLD, EARLIER)
                                    .customersCallEnded(AT_ONCE),
                            EndedBy.CUSTOMER,
                            "customer-left"),
                    decided(
                            "it had failed, and the agent left first",
                            ongoing(CUSTOMER).handsOnInVain(Mode.COLD, EARLIER).marked(),
                            EndedBy.AGENT,
                            "agent-left"),
                    decided(
                            "the colleague began it",
                            ended(EXIT_LEFT, AGENT).handedOnByTheColleague(Mode.COLD),
                            EndedBy.DISCONNECT,
                            "agent-left"),
                    nothing(
                            "there was no customer",
                            ongoing(CUSTOMER).withoutCustomer().handsOn(Mode.COLD),
                            "not-a-customer-call"),
                    nothing(
                            "the customer never answered",
                            ended(EXIT_LEFT, AGENT)
                                    .outbound()
                                    .handsOn(Mode.COLD)
                                    .customersCall(Call.Status.BUSY),
                            "never-connected"),
                    undecided("nobody knows who began it", ongoing(CUSTOMER).handedOnByNobodyKnowsWhom()));
        }
    }

    @Nested
    class WhenAColleagueHadJoined {
        private static final String RULE = "warm-transfer";

        @ParameterizedTest
        @MethodSource
        void leaving_the_customer_with_the_colleague_is_a_warm_transfer(Decided call) {
            check(call);
        }

        static Stream<Decided> leaving_the_customer_with_the_colleague_is_a_warm_transfer() {
            return Stream.of(
                    decided(
                            "no click",
                            ongoing(CUSTOMER).joinedByColleague(Mode.WARM, EARLIER),
                            EndedBy.WARM_TRANSFER,
                            RULE),
                    decided(
                            "a click",
                            ongoing(CUSTOMER)
                                    .joinedByColleague(Mode.WARM, EARLIER)
                                    .marked(),
                            EndedBy.WARM_TRANSFER,
                            RULE),
                    decided(
                            "a leg for the colleague",
                            ongoing(CUSTOMER, STRANGER).joinedByColleague(Mode.WARM, EARLIER),
                            EndedBy.WARM_TRANSFER,
                            RULE),
                    decided(
                            "the colleague left a moment later",
                            ongoing(CUSTOMER).joinedAndLeftByColleague(Mode.WARM, A_MOMENT),
                            EndedBy.WARM_TRANSFER,
                            RULE),
                    decided(
                            "the customer ended it later",
                            ended(EXIT_LEFT, CUSTOMER).after(OVER_A_SECOND).joinedByColleague(Mode.WARM, EARLIER),
                            EndedBy.WARM_TRANSFER,
                            RULE),
                    decided(
                            "a program ended it later",
                            ended(CONFERENCE_ENDED_VIA_API).after(OVER_A_SECOND).joinedByColleague(Mode.WARM, EARLIER),
                            EndedBy.WARM_TRANSFER,
                            RULE));
        }

        @ParameterizedTest
        @MethodSource
        void it_is_none_where_the_two_were_not_left_together(Decided call) {
            check(call);
        }

        static Stream<Decided> it_is_none_where_the_two_were_not_left_together() {
            return Stream.of(
                    undecided(
                            "the colleague joined only later",
                            ongoing(CUSTOMER).joinedByColleague(Mode.WARM, A_MOMENT)),
                    undecided("nobody joined", ongoing(CUSTOMER).handsOn(Mode.WARM)),
                    decided(
                            "the agent ended it for both",
                            ended(EXIT_LEFT, AGENT)
                                    .joinedByColleague(Mode.WARM, EARLIER)
                                    .goesTo(AGENT, BROWSER),
                            EndedBy.DISCONNECT,
                            "agent-left"),
                    decided(
                            "the agent ended it for both, a click",
                            ended(EXIT_LEFT, AGENT)
                                    .joinedByColleague(Mode.WARM, EARLIER)
                                    .goesTo(AGENT, BROWSER)
                                    .marked(),
                            EndedBy.AGENT,
                            "agent-left"),
                    decided(
                            "the agent ended it for both, and it reads as later",
                            ended(EXIT_LEFT, AGENT)
                                    .after(OVER_A_SECOND)
                                    .joinedByColleague(Mode.WARM, EARLIER)
                                    .goesTo(AGENT, BROWSER),
                            EndedBy.DISCONNECT,
                            "agent-left"),
                    decided(
                            "the colleague had left again",
                            ended(EXIT_LEFT, AGENT)
                                    .joinedAndLeftByColleague(Mode.WARM, EARLIER)
                                    .goesTo(AGENT, BROWSER),
                            EndedBy.DISCONNECT,
                            "agent-left"),
                    decided(
                            "the customer hung up",
                            ended(EXIT_LEFT, CUSTOMER)
                                    .joinedByColleague(Mode.WARM, EARLIER)
                                    .customersCallEnded(AT_ONCE),
                            EndedBy.CUSTOMER,
                            "customer-left"),
                    decided(
                            "the customer is not in any more",
                            ongoing(STRANGER)
                                    .joinedByColleague(Mode.WARM, EARLIER)
                                    .customersCallEnded(AT_ONCE),
                            EndedBy.CUSTOMER,
                            "customer-left"));
        }

        @ParameterizedTest
        @MethodSource
        void who_is_in_or_ended_it_is_asked_for(Open call) {
            check(call);
        }

        static Stream<Open> who_is_in_or_ended_it_is_asked_for() {
            return Stream.of(
                    new Open(
                            "it goes on",
                            ongoingUnlisted().joinedByColleague(Mode.WARM, EARLIER),
                            new Question.LegsIn(Evidence.ROOM)),
                    needs("it ended", ended(EXIT_LEFT, AGENT).joinedByColleague(Mode.WARM, EARLIER), AGENT));
        }
    }

    @Nested
    class WhenAColleagueHadAskedTheAgentIn {
        private static final String RULE = "consult";

        @ParameterizedTest
        @MethodSource
        void leaving_before_the_colleague_is_the_end_of_a_consult(Decided call) {
            check(call);
        }

        static Stream<Decided> leaving_before_the_colleague_is_the_end_of_a_consult() {
            return Stream.of(
                    decided("no click", ongoing(CUSTOMER).broughtIn(Mode.WARM), EndedBy.CONSULT, RULE),
                    decided("a click", ongoing(CUSTOMER).broughtIn(Mode.WARM).marked(), EndedBy.CONSULT, RULE),
                    decided(
                            "the transfer was called off",
                            ongoing(CUSTOMER).broughtInInVain(Mode.WARM),
                            EndedBy.CONSULT,
                            RULE),
                    decided(
                            "the colleague left a moment later",
                            ongoing(CUSTOMER).broughtInByOneWhoLeft(Mode.WARM, A_MOMENT),
                            EndedBy.CONSULT,
                            RULE),
                    decided(
                            "the customer ended it later",
                            ended(EXIT_LEFT, CUSTOMER).after(OVER_A_SECOND).broughtIn(Mode.WARM),
                            EndedBy.CONSULT,
                            RULE));
        }

        @ParameterizedTest
        @MethodSource
        void it_is_none_once_the_colleague_or_the_customer_had_gone(Decided call) {
            check(call);
        }

        static Stream<Decided> it_is_none_once_the_colleague_or_the_customer_had_gone() {
            return Stream.of(
                    decided(
                            "by a cold transfer",
                            ongoing(CUSTOMER).broughtIn(Mode.COLD),
                            EndedBy.DISCONNECT,
                            "agent-left"),
                    decided(
                            "the colleague had gone",
                            ended(EXIT_LEFT, AGENT)
                                    .broughtInByOneWhoLeft(Mode.WARM, EARLIER)
                                    .goesTo(AGENT, BROWSER)
                                    .marked(),
                            EndedBy.AGENT,
                            "agent-left"),
                    decided(
                            "the colleague had gone, and the customer hung up",
                            ended(EXIT_LEFT, CUSTOMER)
                                    .broughtInByOneWhoLeft(Mode.WARM, EARLIER)
                                    .customersCallEnded(AT_ONCE),
                            EndedBy.CUSTOMER,
                            "customer-left"),
                    decided(
                            "the customer hung up on both",
                            ended(EXIT_LEFT, CUSTOMER).broughtIn(Mode.WARM).customersCallEnded(AT_ONCE),
                            EndedBy.CUSTOMER,
                            "customer-left"));
        }

        @ParameterizedTest
        @MethodSource
        void who_is_in_is_asked_for(Open call) {
            check(call);
        }

        static Stream<Open> who_is_in_is_asked_for() {
            return Stream.of(
                    new Open("it goes on", ongoingUnlisted().broughtIn(Mode.WARM), new Question.LegsIn(Evidence.ROOM)));
        }
    }

    @Nested
    class WhenTheCustomerWasSentToANumber {
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
                            ongoing(AGENT)
                                    .customersCall(Call.Status.IN_PROGRESS)
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
                            "never answered, nobody knows when",
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
                            new Question.ChildrenOf(CUSTOMER)),
                    new Open(
                            "the call ended much later",
                            ended(EXIT_LEFT, CUSTOMER).customersCallEnded(Duration.ofMinutes(1)),
                            new Question.ChildrenOf(CUSTOMER)));
        }
    }

    @Nested
    class WhenTheCustomerAndAnOutsidePartyTalkOn {
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
                            ongoing(CUSTOMER, STRANGER)
                                    .goesTo(STRANGER, TELEPHONE)
                                    .marked(),
                            EndedBy.EXTERNAL_WARM_TRANSFER,
                            RULE),
                    decided(
                            "no plugin",
                            ongoing(CUSTOMER, STRANGER)
                                    .goesTo(STRANGER, TELEPHONE)
                                    .withoutPlugin(),
                            EndedBy.EXTERNAL_WARM_TRANSFER,
                            RULE),
                    decided(
                            "a desk phone",
                            ongoing(CUSTOMER, STRANGER)
                                    .goesTo(STRANGER, TELEPHONE)
                                    .on(SIP_PHONE),
                            EndedBy.EXTERNAL_WARM_TRANSFER,
                            RULE),
                    decided(
                            "an earlier agent had gone",
                            ongoing(CUSTOMER, STRANGER)
                                    .goesTo(STRANGER, TELEPHONE)
                                    .afterAColleague()
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
                            "a colleague is in",
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
                            ongoing(STRANGER)
                                    .goesTo(STRANGER, TELEPHONE)
                                    .marked()
                                    .customersCallEnded(AT_ONCE),
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
                    new Open("who is in", ongoingUnlisted().marked(), new Question.LegsIn(Evidence.ROOM)),
                    new Open("who is in, outbound", ongoingUnlisted().outbound(), new Question.LegsIn(Evidence.ROOM)),
                    needs("whose leg it is", ongoing(CUSTOMER, STRANGER).marked(), STRANGER),
                    needs(
                            "on what device the agent was",
                            ongoing(CUSTOMER, STRANGER)
                                    .goesTo(STRANGER, TELEPHONE)
                                    .onUnknownDevice(),
                            AGENT));
        }

        @Test
        void the_destination_is_the_outside_partys_number() {
            assertThat(decider.decide(ongoing(CUSTOMER, STRANGER)
                                    .goesTo(STRANGER, TELEPHONE)
                                    .marked()
                                    .build())
                            .destination())
                    .contains(TELEPHONE);
            assertThat(decider.decide(ended(EXIT_LEFT, CUSTOMER)
                                    .customersCall(Call.Status.IN_PROGRESS)
                                    .customerSentTo(SIP_PHONE)
                                    .build())
                            .destination())
                    .contains(SIP_PHONE);
        }
    }

    @Nested
    class WhenAThirdPartyEndedIt {
        private static final String RULE = "external-left";

        @ParameterizedTest
        @MethodSource
        void the_device_tells_who_it_was(Decided call) {
            check(call);
        }

        static Stream<Decided> the_device_tells_who_it_was() {
            return Stream.of(
                    decided("a number", ended(EXIT_LEFT, STRANGER).goesTo(STRANGER, TELEPHONE), EndedBy.EXTERNAL, RULE),
                    decided(
                            "a number, a click",
                            ended(EXIT_LEFT, STRANGER)
                                    .goesTo(STRANGER, TELEPHONE)
                                    .marked(),
                            EndedBy.EXTERNAL,
                            RULE),
                    decided(
                            "a browser",
                            ended(EXIT_LEFT, STRANGER).goesTo(STRANGER, OTHER_BROWSER),
                            EndedBy.SUPERVISOR,
                            "supervisor-left"),
                    decided(
                            "a browser, a click",
                            ended(EXIT_LEFT, STRANGER)
                                    .goesTo(STRANGER, OTHER_BROWSER)
                                    .marked(),
                            EndedBy.SUPERVISOR,
                            "supervisor-left"),
                    undecided(
                            "the colleague's browser",
                            ended(EXIT_LEFT, STRANGER).oneOfTwoAgents().goesTo(STRANGER, OTHER_BROWSER)),
                    undecided("a number, removed", ended(EXIT_KICKED, STRANGER).goesTo(STRANGER, TELEPHONE)),
                    undecided(
                            "a number, the last of all",
                            ended(LAST_PARTICIPANT_LEFT, STRANGER).goesTo(STRANGER, TELEPHONE)),
                    undecided(
                            "a number, later",
                            ended(EXIT_LEFT, STRANGER)
                                    .goesTo(STRANGER, TELEPHONE)
                                    .after(OVER_A_SECOND)),
                    undecided(
                            "a browser, later",
                            ended(EXIT_LEFT, STRANGER)
                                    .goesTo(STRANGER, OTHER_BROWSER)
                                    .after(OVER_A_SECOND)));
        }
    }

    @Nested
    class WhenALegIsNotKnown {

        @ParameterizedTest
        @MethodSource
        void its_call_is_asked_for(Open call) {
            check(call);
        }

        static Stream<Open> its_call_is_asked_for() {
            return Stream.of(
                    needs("it ended the conference", ended(EXIT_LEFT, STRANGER), STRANGER),
                    needs(
                            "it ended the conference, a click",
                            ended(EXIT_LEFT, STRANGER).marked(),
                            STRANGER),
                    needs("it ended it later", ended(EXIT_LEFT, STRANGER).after(OVER_A_SECOND), STRANGER),
                    needs("it was removed", ended(EXIT_KICKED, STRANGER), STRANGER),
                    needs(
                            "the task's worker leg is that of the first agent",
                            ended(EXIT_LEFT, AGENT).oneOfTwoAgents(),
                            AGENT),
                    needs(
                            "it is in, and the agent's is not named",
                            ongoing(CUSTOMER, STRANGER).withoutWorkerLeg(),
                            STRANGER));
        }

        @ParameterizedTest
        @MethodSource
        void it_is_the_agents_only_if_it_goes_to_the_agents_device(Decided call) {
            check(call);
        }

        static Stream<Decided> it_is_the_agents_only_if_it_goes_to_the_agents_device() {
            Evidence none = ended(EXIT_LEFT, STRANGER).onUnknownDevice();
            return Stream.of(
                    decided(
                            "the agent's browser",
                            ended(EXIT_LEFT, STRANGER).goesTo(STRANGER, BROWSER),
                            EndedBy.DISCONNECT,
                            "agent-left"),
                    decided(
                            "the agent's browser, in other letters",
                            ended(EXIT_LEFT, STRANGER).goesTo(STRANGER, new Address("client:ADA")),
                            EndedBy.DISCONNECT,
                            "agent-left"),
                    decided(
                            "the agent's telephone",
                            ended(EXIT_LEFT, STRANGER).on(TELEPHONE).goesTo(STRANGER, TELEPHONE),
                            EndedBy.AGENT,
                            "agent-left"),
                    decided(
                            "the agent's browser, of two agents",
                            ended(EXIT_LEFT, AGENT).oneOfTwoAgents().goesTo(AGENT, BROWSER),
                            EndedBy.DISCONNECT,
                            "agent-left"),
                    decided(
                            "the agent's browser, removed",
                            ended(EXIT_KICKED, STRANGER).goesTo(STRANGER, BROWSER),
                            EndedBy.AGENT,
                            "agent-removed"),
                    decided(
                            "the agent's browser, later",
                            ended(EXIT_LEFT, STRANGER).after(OVER_A_SECOND).goesTo(STRANGER, BROWSER),
                            EndedBy.DISCONNECT,
                            "agent-left"),
                    undecided("nowhere", ended(EXIT_LEFT, STRANGER).goesNowhere(STRANGER)),
                    undecided("not there", ended(EXIT_LEFT, STRANGER).notThere(STRANGER)),
                    undecided(
                            "neither the agent's device nor leg is known",
                            none.withoutWorkerLeg().goesTo(STRANGER, BROWSER)),
                    undecided(
                            "the first agent's browser, of two agents",
                            ended(EXIT_LEFT, AGENT).oneOfTwoAgents().goesTo(AGENT, OTHER_BROWSER)));
        }

        @ParameterizedTest
        @MethodSource
        void without_the_agents_leg_all_that_are_in_must_be_told_apart(Decided call) {
            check(call);
        }

        static Stream<Decided> without_the_agents_leg_all_that_are_in_must_be_told_apart() {
            return Stream.of(
                    undecided("the agent is in", inWith(BROWSER)),
                    decided("somebody else is in", inWith(OTHER_BROWSER), EndedBy.DISCONNECT, "agent-left"),
                    undecided(
                            "somebody whose call is not there is in",
                            ongoing(CUSTOMER, STRANGER).withoutWorkerLeg().notThere(STRANGER)),
                    decided(
                            "a leg that only rings is not asked for",
                            ongoing(CUSTOMER)
                                    .with(new Participant(STRANGER, false, true))
                                    .withoutWorkerLeg(),
                            EndedBy.DISCONNECT,
                            "agent-left"),
                    decided(
                            "only the customer is in",
                            ongoing(CUSTOMER).withoutWorkerLeg(),
                            EndedBy.DISCONNECT,
                            "agent-left"));
        }

        private static Evidence inWith(Address strangersDevice) {
            return ongoing(CUSTOMER, STRANGER).withoutWorkerLeg().goesTo(STRANGER, strangersDevice);
        }

        @Test
        void nobody_is_asked_where_neither_device_nor_leg_is_known() {
            check(undecided("neither", ongoing(CUSTOMER).withoutWorkerLeg().onUnknownDevice()));
        }
    }

    @Nested
    class WhenTheAgentWasRemoved {
        private static final String RULE = "agent-removed";

        @ParameterizedTest
        @MethodSource
        void it_was_the_agent_click_or_not(Decided call) {
            check(call);
        }

        static Stream<Decided> it_was_the_agent_click_or_not() {
            return Stream.of(
                    decided("flagged leg", ended(EXIT_KICKED, AGENT), EndedBy.AGENT, RULE),
                    decided("last leg", ended(LAST_PARTICIPANT_KICKED, AGENT), EndedBy.AGENT, RULE),
                    decided("a click", ended(EXIT_KICKED, AGENT).marked(), EndedBy.AGENT, RULE),
                    decided("a telephone", ended(EXIT_KICKED, AGENT).on(TELEPHONE), EndedBy.AGENT, RULE),
                    decided("unknown device", ended(EXIT_KICKED, AGENT).onUnknownDevice(), EndedBy.AGENT, RULE),
                    decided("a transfer", ended(EXIT_KICKED, AGENT).handsOn(Mode.WARM), EndedBy.AGENT, RULE));
        }
    }

    @Nested
    class WhenTheApiEndedIt {
        private static final String RULE = "ended-by-api";

        @ParameterizedTest
        @MethodSource
        void only_a_click_makes_it_the_agents(Decided call) {
            check(call);
        }

        static Stream<Decided> only_a_click_makes_it_the_agents() {
            return Stream.of(
                    decided("no click", ended(CONFERENCE_ENDED_VIA_API), EndedBy.SYSTEM, RULE),
                    decided("a click", ended(CONFERENCE_ENDED_VIA_API).marked(), EndedBy.AGENT, RULE),
                    decided("a bare click", ended(CONFERENCE_ENDED_VIA_API).markedBarely(), EndedBy.AGENT, RULE),
                    decided(
                            "another's click",
                            ended(CONFERENCE_ENDED_VIA_API).markedForAnother(),
                            EndedBy.SYSTEM,
                            RULE),
                    decided("no plugin", ended(CONFERENCE_ENDED_VIA_API).withoutPlugin(), EndedBy.SYSTEM, RULE),
                    decided("a telephone", ended(CONFERENCE_ENDED_VIA_API).on(TELEPHONE), EndedBy.SYSTEM, RULE),
                    decided("it names the agent's leg", ended(CONFERENCE_ENDED_VIA_API, AGENT), EndedBy.SYSTEM, RULE),
                    decided(
                            "it names the customer's leg",
                            ended(CONFERENCE_ENDED_VIA_API, CUSTOMER),
                            EndedBy.SYSTEM,
                            RULE),
                    undecided("later", ended(CONFERENCE_ENDED_VIA_API).after(OVER_A_SECOND)),
                    undecided(
                            "later, a click",
                            ended(CONFERENCE_ENDED_VIA_API).after(OVER_A_SECOND).marked()));
        }
    }

    @Nested
    class WhenTheEvidenceIsSilent {

        @ParameterizedTest
        @MethodSource
        void nobody_is_guessed(Decided call) {
            check(call);
        }

        static Stream<Decided> nobody_is_guessed() {
            return Stream.of(
                    undecided("neither reason nor leg", endedSilently()),
                    undecided("a click alone", endedSilently().marked()),
                    undecided("no plugin", endedSilently().withoutPlugin()),
                    undecided("a telephone", endedSilently().on(TELEPHONE)),
                    undecided("a reason alone", ended(EXIT_LEFT)));
        }
    }

    @Nested
    class WhenTheVerdictIsExplained {

        @ParameterizedTest
        @MethodSource
        void it_has_a_reason_and_facts_with_their_sources(Explained expected) {
            Verdict verdict = decider.decide(expected.evidence().build());

            assertThat(verdict.reason()).isEqualTo(expected.reason());
            assertThat(verdict.facts()).containsExactlyElementsOf(expected.facts());
        }

        private record Explained(Evidence evidence, String reason, List<Fact> facts) {
            @Override
            public String toString() {
                return reason;
            }
        }

        private static Explained explained(Evidence evidence, String reason, Fact... facts) {
            return new Explained(evidence, reason, List.of(facts));
        }

        static Stream<Explained> it_has_a_reason_and_facts_with_their_sources() {
            Fact marked = new Fact(Source.TASK, "the plugin marked the agent's click");
            Fact unmarked = new Fact(Source.TASK, "no plugin marked a click of this agent");
            Fact noPlugin = new Fact(Source.SETTING, "hangupby.agent-marker is none: no plugin can mark a click");
            Fact byTheAgent = new Fact(
                    Source.CONFERENCE, "it ended, participant-with-end-conference-on-exit-left, by the agent's leg");
            return Stream.of(
                    explained(
                            withoutConference().withoutCustomer(),
                            "no customer was on a line",
                            new Fact(Source.TASK, "no leg of a customer is named")),
                    explained(
                            ended(EXIT_LEFT, AGENT).internal(),
                            "an agent called another agent",
                            new Fact(Source.TASK, "client_call is true")),
                    explained(
                            ended(EXIT_LEFT, AGENT).outbound().customersCall(Call.Status.NO_ANSWER),
                            "the customer never answered",
                            new Fact(Source.CALL, "the customer's call is no-answer")),
                    explained(
                            ended(EXIT_LEFT, AGENT).outbound().customersCall(Call.Status.CANCELED),
                            "the agent gave up before the customer answered",
                            new Fact(Source.CALL, "the customer's call is canceled")),
                    explained(
                            ended(EXIT_LEFT, CUSTOMER)
                                    .customersCallAgain(Call.Status.IN_PROGRESS)
                                    .customerSentNowhere(),
                            "the customer was moved on and no agent had clicked",
                            new Fact(Source.CALL, "the customer's call went on outside the conference"),
                            unmarked),
                    explained(
                            ended(EXIT_LEFT, CUSTOMER)
                                    .customersCallEnded(Duration.ofMinutes(1))
                                    .customerSentNowhere()
                                    .marked(),
                            "the agent clicked and the customer was moved on",
                            new Fact(Source.CALL, "the customer's call went on outside the conference"),
                            marked),
                    explained(
                            ended(EXIT_LEFT, CUSTOMER)
                                    .customersCallAgain(Call.Status.IN_PROGRESS)
                                    .customerSentNowhere()
                                    .withoutPlugin(),
                            "the customer was moved on while with the agent",
                            new Fact(Source.CALL, "the customer's call went on outside the conference"),
                            noPlugin),
                    explained(
                            ended(LAST_PARTICIPANT_KICKED, CUSTOMER),
                            "the customer was removed from the call",
                            new Fact(Source.CONFERENCE, "it ended, last-participant-kicked, by the customer's leg")),
                    explained(
                            ended(EXIT_LEFT, CUSTOMER).customersCallEnded(AT_ONCE),
                            "the customer hung up",
                            new Fact(
                                    Source.CONFERENCE,
                                    "it ended, participant-with-end-conference-on-exit-left, by the customer's leg")),
                    explained(
                            withoutConference().customersCallEnded(AT_ONCE),
                            "the customer's call ended by itself",
                            new Fact(Source.CALL, "the customer's call is completed")),
                    explained(
                            ended(LAST_PARTICIPANT_LEFT, AGENT).customersCallEnded(AT_ONCE),
                            "the agent was the last in the conference, so the customer had gone before",
                            new Fact(Source.CONFERENCE, "it ended, last-participant-left, by the agent's leg")),
                    explained(ended(EXIT_LEFT, AGENT).marked(), "the agent hung up", byTheAgent, marked),
                    explained(ended(EXIT_LEFT, AGENT).withoutPlugin(), "the agent hung up", byTheAgent, noPlugin),
                    explained(
                            ended(EXIT_LEFT, AGENT),
                            "the agent's browser went without a click",
                            byTheAgent,
                            unmarked,
                            new Fact(Source.EVENTS, "the agent was on a browser")),
                    explained(
                            ended(EXIT_LEFT, AGENT).onUnknownDevice().goesTo(AGENT, BROWSER),
                            "the agent's browser went without a click",
                            byTheAgent,
                            unmarked,
                            new Fact(Source.CALL, "the agent was on a browser")),
                    explained(
                            ended(EXIT_LEFT, AGENT).on(SIP_PHONE),
                            "the agent hung up",
                            byTheAgent,
                            new Fact(Source.EVENTS, "the agent was on a SIP device")),
                    explained(
                            ended(EXIT_LEFT, AGENT).onUnknownDevice().goesTo(AGENT, TELEPHONE),
                            "the agent hung up",
                            byTheAgent,
                            new Fact(Source.CALL, "the agent was on a telephone")),
                    explained(
                            ended(LAST_PARTICIPANT_LEFT, CUSTOMER).marked(),
                            "the agent hung up",
                            new Fact(Source.CONFERENCE, "it ended, last-participant-left, by the customer's leg"),
                            marked),
                    explained(
                            ongoing(CUSTOMER).marked(),
                            "the agent hung up",
                            new Fact(
                                    Source.PARTICIPANTS,
                                    "the conference goes on with the customer and without the agent"),
                            marked),
                    explained(
                            ended(EXIT_KICKED, AGENT),
                            "the agent's leg was taken down",
                            new Fact(
                                    Source.CONFERENCE,
                                    "it ended, participant-with-end-conference-on-exit-kicked, by the agent's leg")),
                    explained(
                            ended(CONFERENCE_ENDED_VIA_API),
                            "a program ended the call",
                            new Fact(Source.CONFERENCE, "it ended, conference-ended-via-api"),
                            unmarked),
                    explained(
                            ended(CONFERENCE_ENDED_VIA_API).marked(),
                            "the agent ended the call for all",
                            new Fact(Source.CONFERENCE, "it ended, conference-ended-via-api"),
                            marked));
        }

        @ParameterizedTest
        @MethodSource
        void where_nothing_applies_it_tells_all_that_is_known(Explained expected) {
            it_has_a_reason_and_facts_with_their_sources(expected);
        }

        static Stream<Explained> where_nothing_applies_it_tells_all_that_is_known() {
            String reason = "the evidence does not say who ended it";
            Fact left = new Fact(Source.EVENTS, "the agent's leg went at 2026-09-21 14:15:16.700 UTC");
            Fact browser = new Fact(Source.EVENTS, "the agent was on a browser");
            Fact marked = new Fact(Source.TASK, "the plugin marked the agent's click");
            Fact unmarked = new Fact(Source.TASK, "no plugin marked a click of this agent");
            return Stream.of(
                    explained(
                            endedSilently().marked(),
                            reason,
                            left,
                            browser,
                            new Fact(Source.CONFERENCE, "it ended, no reason given, no leg named"),
                            marked),
                    explained(
                            ended(EXIT_LEFT, CUSTOMER).after(OVER_A_SECOND),
                            reason,
                            left,
                            browser,
                            new Fact(
                                    Source.CONFERENCE,
                                    "it ended, participant-with-end-conference-on-exit-left, "
                                            + "by the customer's leg, after this agent had left"),
                            unmarked),
                    explained(
                            ongoing(CUSTOMER, AGENT).markedForAnother(),
                            reason,
                            left,
                            browser,
                            new Fact(Source.CONFERENCE, "it was going on"),
                            new Fact(Source.PARTICIPANTS, "listed: the customer's leg, the agent's leg"),
                            unmarked),
                    explained(
                            ongoing().notThere(STRANGER).customersCallEnded(OVER_A_SECOND),
                            reason,
                            left,
                            browser,
                            new Fact(Source.CONFERENCE, "it was going on"),
                            new Fact(Source.PARTICIPANTS, "nobody was listed"),
                            new Fact(Source.CALL, "an unknown party's call is not there"),
                            new Fact(Source.CALL, "the customer's call is completed"),
                            unmarked),
                    explained(
                            withoutConference().customersCall(Call.Status.FAILED),
                            reason,
                            left,
                            browser,
                            new Fact(Source.TASK, "no conference is named"),
                            new Fact(Source.CALL, "the customer's call is failed"),
                            unmarked),
                    explained(
                            endedSilently().onUnknownDevice().joinedByColleague(Mode.WARM, Duration.ofSeconds(-30)),
                            reason,
                            left,
                            new Fact(
                                    Source.EVENTS, "this agent started a warm transfer at 2026-09-21 14:14:16.700 UTC"),
                            new Fact(Source.EVENTS, "other agents in the call when this one left: 1"),
                            new Fact(Source.CONFERENCE, "it ended, no reason given, no leg named"),
                            unmarked),
                    explained(
                            endedSilently().broughtInInVain(Mode.COLD).handedOnByNobodyKnowsWhom(),
                            reason,
                            left,
                            browser,
                            new Fact(
                                    Source.EVENTS,
                                    "another agent started a cold transfer at 2026-09-21 14:14:16.700 UTC, "
                                            + "and it came to nothing at 2026-09-21 14:15:16.699 UTC"),
                            new Fact(
                                    Source.EVENTS,
                                    "nobody knows who started a transfer at 2026-09-21 14:14:16.700 UTC"),
                            new Fact(Source.EVENTS, "other agents in the call when this one left: 1"),
                            new Fact(Source.CONFERENCE, "it ended, no reason given, no leg named"),
                            unmarked));
        }

        @Test
        void a_fact_names_its_source() {
            assertThat(new Fact(Source.CALL, "the customer's call is busy"))
                    .hasToString("CALL: the customer's call is busy");
        }
    }
}
