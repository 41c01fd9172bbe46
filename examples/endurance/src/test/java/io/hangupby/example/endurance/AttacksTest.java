package io.hangupby.example.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.example.endurance.HalfSentRequests.Request;
import io.hangupby.example.endurance.Scenario.Judged;
import io.hangupby.example.endurance.Scenario.Limits;
import io.hangupby.example.endurance.Scenario.Row;
import io.hangupby.example.endurance.Scenario.Times;
import io.hangupby.simulator.internal.hostile.Mistreatment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The short form of {@link Attacks}: no jar of the demo, fewer connections, smaller heaps, and a machine that may be busy. */
@Timeout(180)
class AttacksTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Times SHORT = new Times(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(5));
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(10));
    private static final Duration SOON = Duration.ofSeconds(5);

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void nothing_is_taken_down(String name, Setup setup, Attack attack, @TempDir Path folder) throws Exception {
        Row row = new Scenario(name, setup, attack, Judged.ALL).play(SHORT, LIMITS, folder);

        assertThat(row.isRight()).as("%n%s", row).isTrue();
    }

    static Stream<Arguments> nothing_is_taken_down() {
        return Stream.of(
                Arguments.of(
                        "bodies that do not go on, and more calls that nobody ends than there is room for",
                        setup(Victim.Kind.TOMCAT_SERVLET).heap("64m").threads(100),
                        new AttacksAtOnce(
                                bodiesThatDoNotGoOn(), bytesThatTrickle(), new ManyTasks(5_000, Events::created))),
                Arguments.of(
                        "bytes that trickle through the filter, responses of Twilio that do not end, conferences that fail",
                        setup(Victim.Kind.JETTY_FILTER),
                        new AttacksAtOnce(bytesThatTrickle(), badResponses())));
    }

    private static Setup setup(Victim.Kind kind) {
        return Setup.of(kind, Path.of("not-of-the-demo"));
    }

    private static Attack bodiesThatDoNotGoOn() {
        return new HalfSentRequests(
                1_000, new Request(Victim.SERVLET, FORM, 200_000, 11, Duration.ZERO, Duration.ZERO));
    }

    /** The handler reads no body, so its response need not wait for one. */
    private static Attack bytesThatTrickle() {
        return new HalfSentRequests(
                30, new Request(Host.IDLE_HANDLER, FORM, 1_000, 1_000, Duration.ofSeconds(2), SOON));
    }

    /** As many do not end as there may be under way at once. */
    private static Attack badResponses() {
        return new BadResponses(
                24,
                call -> call.target().contains("/Conferences"),
                SOON,
                Duration.ofMinutes(1),
                Mistreatment.BYTES_ONE_BY_ONE,
                Mistreatment.AN_ERROR,
                Mistreatment.HINTS);
    }
}
