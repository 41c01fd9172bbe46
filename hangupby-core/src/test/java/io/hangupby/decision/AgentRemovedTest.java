package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.LAST_PARTICIPANT_KICKED;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.RuleCases.EXIT_KICKED;
import static io.hangupby.decision.RuleCases.OTHER_BROWSER;
import static io.hangupby.decision.RuleCases.check;
import static io.hangupby.decision.RuleCases.decided;

import io.hangupby.call.Transfer.Mode;
import io.hangupby.decision.RuleCases.Decided;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AgentRemovedTest {
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
                decided(
                        "with a supervisor talking",
                        ended(EXIT_KICKED, AGENT)
                                .goesTo(STRANGER, OTHER_BROWSER)
                                .joins(STRANGER, true)
                                .leaves(AGENT, PARTICIPANT_UPDATED_VIA_API),
                        EndedBy.SUPERVISOR,
                        RULE),
                decided(
                        "with an outside party talking",
                        ended(EXIT_KICKED, AGENT)
                                .goesTo(STRANGER, TELEPHONE)
                                .joins(STRANGER, true)
                                .leaves(AGENT, PARTICIPANT_UPDATED_VIA_API),
                        EndedBy.AGENT,
                        RULE),
                decided("a transfer", ended(EXIT_KICKED, AGENT).startsTransfer(Mode.WARM), EndedBy.AGENT, RULE));
    }
}
