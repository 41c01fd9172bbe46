package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.CONFERENCE_ENDED_VIA_API;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.RuleCases.OVER_A_SECOND;
import static io.hangupby.decision.RuleCases.check;
import static io.hangupby.decision.RuleCases.decided;
import static io.hangupby.decision.RuleCases.undecided;

import io.hangupby.decision.RuleCases.Decided;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EndedByApiTest {
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
                decided("another's click", ended(CONFERENCE_ENDED_VIA_API).markedForAnother(), EndedBy.SYSTEM, RULE),
                undecided(
                        "this agent's click or another's",
                        ended(CONFERENCE_ENDED_VIA_API).markedByThisAgentOrAnother()),
                decided("no plugin", ended(CONFERENCE_ENDED_VIA_API).withoutPlugin(), EndedBy.AGENT, RULE),
                decided("a telephone", ended(CONFERENCE_ENDED_VIA_API).on(TELEPHONE), EndedBy.SYSTEM, RULE),
                decided("it names the agent's leg", ended(CONFERENCE_ENDED_VIA_API, AGENT), EndedBy.SYSTEM, RULE),
                decided("it names the customer's leg", ended(CONFERENCE_ENDED_VIA_API, CUSTOMER), EndedBy.SYSTEM, RULE),
                undecided("later", ended(CONFERENCE_ENDED_VIA_API).after(OVER_A_SECOND)),
                undecided(
                        "later, a click",
                        ended(CONFERENCE_ENDED_VIA_API).after(OVER_A_SECOND).marked()));
    }
}
