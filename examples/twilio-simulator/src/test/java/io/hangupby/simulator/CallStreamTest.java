package io.hangupby.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallStreamTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final TwilioSimulator twilio = TwilioSimulator.builder().start();
    private final List<FinishedCall> finished = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        twilio.close();
    }

    private CallStream.Builder stream() {
        return CallStream.builder(twilio).pause(Pause.none()).onFinished(finished::add);
    }

    @Test
    void oneNameAndDeviceIsOneAgentInEveryStream() {
        Agent alice = twilio.browserAgent("Alice");

        assertThat(twilio.browserAgent("Alice")).isEqualTo(alice);
        assertThat(twilio.deskPhoneAgent("Alice", "+15552000001").workerSid()).isNotEqualTo(alice.workerSid());
        assertThat(twilio.agentName(alice.workerSid())).contains("Alice");
        assertThat(twilio.agentName("WK" + "0".repeat(32))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Story.class)
    void playsEveryStoryToItsEnd(Story story) {
        try (CallStream calls = stream().stories(story).build()) {
            calls.play(2, LIMIT);
        }
        assertThat(finished).hasSize(2).allSatisfy(call -> {
            assertThat(call.story()).isEqualTo(story);
            assertThat(call.segments()).hasSize(segments(story));
            assertThat(call.call().task().status()).isIn("completed", "canceled");
            assertThat(call.segments())
                    .allSatisfy(segment -> assertThat(call.call().snapshot(segment.reservationSid()))
                            .isPresent());
        });
    }

    private static int segments(Story story) {
        return switch (story) {
            case ABANDONED_IN_QUEUE, ABANDONED_WHILE_RINGING -> 0;
            case COLD_TRANSFER,
                    COLD_TRANSFER_TO_QUEUE,
                    WARM_TRANSFER,
                    WARM_TRANSFER_OVERLAPPING,
                    CONSULT,
                    CONSULT_THEN_CRASH,
                    CUSTOMER_LEAVES_CONSULT -> 2;
            default -> 1;
        };
    }

    @Test
    void playsCallsOfManyPartiesOnlyWhenAsked() {
        assertThat(mix(7).keySet()).noneMatch(Story::hasManyParties);
        finished.clear();
        try (CallStream calls = stream().seed(7).allKinds().build()) {
            calls.play(200, LIMIT);
        }
        assertThat(finished).hasSize(200);
        assertThat(finished.stream()
                        .filter(call -> call.story().hasManyParties())
                        .count())
                .isBetween(15L, 70L);
    }

    @Test
    void mixesTheStoriesAsTheSeedSays() {
        assertThat(mix(7)).isEqualTo(mix(7)).isNotEqualTo(mix(8));
        assertThat(mix(7).getOrDefault(Story.CUSTOMER_HANGS_UP, 0L)).isBetween(60L, 100L);
    }

    private Map<Story, Long> mix(long seed) {
        finished.clear();
        try (CallStream calls =
                stream().seed(seed).trickyAttributes().noisePerCall(1).build()) {
            calls.play(200, LIMIT);
        }
        assertThat(finished).hasSize(200);
        return finished.stream().collect(Collectors.groupingBy(FinishedCall::story, Collectors.counting()));
    }

    @Test
    void judgesWhatWasThereAtCompletion() {
        try (CallStream calls =
                stream().stories(Story.CUSTOMER_HANGS_UP, Story.AGENT_CLICKS).build()) {
            calls.play(60, LIMIT);
        }
        // Nobody writes anything here, so only clicks that the plugin marked are right.
        Map<Boolean, List<Story>> stories = finished.stream()
                .collect(Collectors.partitioningBy(
                        FinishedCall::isRight, Collectors.mapping(FinishedCall::story, Collectors.toList())));
        assertThat(stories.get(true)).containsOnly(Story.AGENT_CLICKS);
        assertThat(stories.get(false)).containsOnly(Story.CUSTOMER_HANGS_UP);
        assertThat(finished).extracting(FinishedCall::apiCalls).containsOnly(0);
    }

    @Test
    void forgetsTheOldestCalls() {
        try (CallStream calls = stream().keepFinished(5).threads(1).build()) {
            calls.play(8, LIMIT);
        }
        String first = finished.get(0).call().taskSid();
        String last = finished.get(7).call().taskSid();
        assertThatThrownBy(() -> twilio.task(first)).isInstanceOf(NoSuchElementException.class);
        assertThat(finished.get(0).call().events()).isEmpty();
        assertThat(twilio.task(last).sid()).isEqualTo(last);
    }
}
