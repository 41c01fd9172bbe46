package io.hangupby.decision;

import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.endedSilently;
import static io.hangupby.decision.RuleCases.EXIT_LEFT;
import static io.hangupby.decision.RuleCases.check;
import static io.hangupby.decision.RuleCases.undecided;

import io.hangupby.decision.RuleCases.Decided;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UndecidedTest {
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
