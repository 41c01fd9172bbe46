package io.hangupby;

import static io.hangupby.simulator.PluginMarker.BARE;
import static io.hangupby.simulator.scenarios.ScriptedAgent.ANN;
import static io.hangupby.simulator.scenarios.ScriptedAgent.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hangupby.Played.PlayedSegment;
import io.hangupby.simulator.scenarios.CallScript;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two agents talk with the customer, and their plugins mark a click with the same bare word. */
class BareMarkersTest {
    private static final String[] WRAP_UPS = {"reservation.wrapup", "task.wrapup"};

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void the_second_agents_end_is_unknown_only_if_the_word_may_be_either_agents(
            String end, CallScript script, String second) {
        try (SteppedBackend backend = new SteppedBackend(true)) {
            assertThat(backend.play(script).segments())
                    .extracting(
                            PlayedSegment::agent, segment -> segment.hangUpBy().orElse("nothing"))
                    .containsExactlyInAnyOrder(
                            tuple(ANN.workerName(), "warm transfer"), tuple(BOB.workerName(), second));
        }
    }

    static Stream<Arguments> the_second_agents_end_is_unknown_only_if_the_word_may_be_either_agents() {
        CallScript late = talkOfThree().holdsBack(WRAP_UPS).agentClicksHangUp(ANN, BARE);
        CallScript prompt = talkOfThree().agentClicksHangUp(ANN, BARE);
        return Stream.of(
                Arguments.of(
                        "both click before the first verdict",
                        completed(late.seconds(1)
                                .agentClicksHangUp(BOB, BARE)
                                .seconds(1)
                                .delivers()),
                        "nothing"),
                Arguments.of(
                        "the second drops before the first verdict",
                        completed(late.seconds(1).agentCrashes(BOB).seconds(1).delivers()),
                        "nothing"),
                Arguments.of(
                        "both click, and the first verdict comes half a minute late",
                        completed(late.seconds(1)
                                .agentClicksHangUp(BOB, BARE)
                                .seconds(30)
                                .delivers()),
                        "nothing"),
                Arguments.of(
                        "the second clicks a second after the first verdict",
                        completed(prompt.seconds(1).agentClicksHangUp(BOB, BARE)),
                        "agent"),
                Arguments.of(
                        "the second drops a second after the first verdict",
                        completed(prompt.seconds(1).agentCrashes(BOB)),
                        "disconnect"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void a_word_that_sent_the_customer_on_counts_however_long_its_agent_stays(
            String end, CallScript script, String ann, String bob) {
        try (SteppedBackend backend = new SteppedBackend(true)) {
            assertThat(backend.play(script).segments())
                    .extracting(
                            PlayedSegment::agent, segment -> segment.hangUpBy().orElse("nothing"))
                    .containsExactlyInAnyOrder(tuple(ANN.workerName(), ann), tuple(BOB.workerName(), bob));
        }
    }

    /** The other agent's value is written over the word, because that agent is still in wrap-up. */
    static Stream<Arguments> a_word_that_sent_the_customer_on_counts_however_long_its_agent_stays() {
        CallScript consulted = talkOfThree().noEndOnExit().agentClicksHangUp(BOB, BARE);
        return Stream.of(
                Arguments.of(
                        "the agent before had transferred the customer",
                        completed(CallScript.inbound()
                                .noEndOnExit()
                                .accepts(ANN)
                                .startsColdTransfer(ANN, BOB)
                                .agentLeaves(ANN)
                                .seconds(8)
                                .accepts(BOB)
                                .seconds(30)
                                .customerMovedOn(BOB, BARE)
                                .seconds(20)
                                .agentRefreshes(BOB)),
                        "cold transfer",
                        "agent"),
                Arguments.of(
                        "another agent had been consulted, and had clicked seven seconds before",
                        consulted
                                .seconds(7)
                                .customerMovedOn(ANN, BARE)
                                .seconds(18)
                                .completes(BOB)
                                .seconds(3)
                                .agentRefreshes(ANN)
                                .seconds(5)
                                .completes(ANN),
                        "agent",
                        "consult"));
    }

    private static CallScript talkOfThree() {
        return CallScript.inbound()
                .accepts(ANN)
                .startsWarmTransfer(ANN, BOB)
                .rings(BOB)
                .accepts(BOB)
                .unhold();
    }

    private static CallScript completed(CallScript script) {
        return script.seconds(5).completes(ANN).completes(BOB);
    }
}
