package io.hangupby;

import static io.hangupby.simulator.PluginMarker.BARE;
import static io.hangupby.simulator.scenarios.ScriptedAgent.ANN;
import static io.hangupby.simulator.scenarios.ScriptedAgent.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hangupby.Played.PlayedSegment;
import io.hangupby.simulator.scenarios.CallScript;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
                        "agent"),
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
                        "agent"),
                Arguments.of(
                        "the second clicks before the first verdict, and the wrap-up is heard after it",
                        completed(talkOfThree()
                                .holdsBack("reservation.wrapup", "task.updated")
                                .agentClicksHangUp(ANN, BARE)
                                .seconds(1)
                                .agentClicksHangUp(BOB, BARE)
                                .delivers()),
                        "agent"),
                Arguments.of(
                        "the second clicks a second after the first verdict",
                        completed(prompt.seconds(1).agentClicksHangUp(BOB, BARE)),
                        "agent"),
                Arguments.of(
                        "the second drops a second after the first verdict",
                        completed(prompt.seconds(1).agentCrashes(BOB)),
                        "disconnect"),
                Arguments.of(
                        "the second drops three seconds after the first verdict",
                        completed(prompt.seconds(3).agentCrashes(BOB)),
                        "disconnect"));
    }

    /** Whatever comes late, the second agent's end is right or unknown: a drop is no click, and a click is no drop. */
    @Test
    void no_order_of_events_lends_one_agents_click_to_the_other() {
        Map<String, Integer> ends = new TreeMap<>();
        Random chance = new Random(1);
        for (int call = 0; call < 200; call++) {
            boolean clicks = chance.nextBoolean();
            CallScript script = overlap(clicks, chance);
            try (SteppedBackend backend = new SteppedBackend(chance.nextBoolean())) {
                String second = backend.play(script).segments().stream()
                        .filter(segment -> segment.agent().equals(BOB.workerName()))
                        .flatMap(segment -> segment.hangUpBy().stream())
                        .findFirst()
                        .orElse("nothing");
                ends.merge((clicks ? "clicks: " : "drops: ") + second, 1, Integer::sum);
            }
        }

        assertThat(ends).containsOnlyKeys("clicks: agent", "clicks: nothing", "drops: disconnect", "drops: nothing");
        assertThat(ends.getOrDefault("clicks: agent", 0))
                .as("clicks that are found: %s", ends)
                .isGreaterThan(10 * ends.getOrDefault("clicks: nothing", 0));
    }

    private static CallScript overlap(boolean clicks, Random chance) {
        List<String> types =
                new ArrayList<>(List.of("reservation.wrapup", "task.wrapup", "task.updated", "participant-leave"));
        Collections.shuffle(types, chance);
        CallScript held = talkOfThree()
                .losesCallback(chance.nextInt(30))
                .holdsBack(types.subList(0, chance.nextInt(4)).toArray(String[]::new));
        CallScript first = chance.nextInt(4) > 0 ? held.agentClicksHangUp(ANN, BARE) : held.agentCrashes(ANN);
        CallScript later = (chance.nextInt(3) > 0 ? first : first.delivers()).seconds(1 + chance.nextInt(4));
        CallScript second = clicks ? later.agentClicksHangUp(BOB, BARE) : later.agentCrashes(BOB);
        return completed(second.seconds(1 + chance.nextInt(4)).delivers());
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
