package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.LAST_PARTICIPANT_LEFT;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.RuleCases.EXIT_KICKED;
import static io.hangupby.decision.RuleCases.EXIT_LEFT;
import static io.hangupby.decision.RuleCases.OTHER_BROWSER;
import static io.hangupby.decision.RuleCases.OVER_A_SECOND;
import static io.hangupby.decision.RuleCases.check;
import static io.hangupby.decision.RuleCases.decided;
import static io.hangupby.decision.RuleCases.undecided;

import io.hangupby.decision.RuleCases.Decided;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExternalAndSupervisorLeftTest {
    private static final String RULE = "external-left";

    @ParameterizedTest
    @MethodSource
    void the_device_shows_whose_leg_ended_the_conference(Decided call) {
        check(call);
    }

    static Stream<Decided> the_device_shows_whose_leg_ended_the_conference() {
        return Stream.of(
                decided("a number", ended(EXIT_LEFT, STRANGER).goesTo(STRANGER, TELEPHONE), EndedBy.EXTERNAL, RULE),
                decided(
                        "a number, a click",
                        ended(EXIT_LEFT, STRANGER).goesTo(STRANGER, TELEPHONE).marked(),
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
                        "the other agent's browser",
                        ended(EXIT_LEFT, STRANGER).oneOfTwoAgents().goesTo(STRANGER, OTHER_BROWSER)),
                undecided("a number, removed", ended(EXIT_KICKED, STRANGER).goesTo(STRANGER, TELEPHONE)),
                undecided(
                        "a number, the last of all",
                        ended(LAST_PARTICIPANT_LEFT, STRANGER).goesTo(STRANGER, TELEPHONE)),
                undecided(
                        "a number, later",
                        ended(EXIT_LEFT, STRANGER).goesTo(STRANGER, TELEPHONE).after(OVER_A_SECOND)),
                undecided(
                        "a browser, later",
                        ended(EXIT_LEFT, STRANGER)
                                .goesTo(STRANGER, OTHER_BROWSER)
                                .after(OVER_A_SECOND)));
    }
}
