package io.hangupby.simulator.process;

import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.InsightsSnapshot;
import io.hangupby.simulator.events.WorkspaceEvent;
import io.hangupby.simulator.scenarios.BackendSetting;
import io.hangupby.simulator.scenarios.ExpectedSegment;
import io.hangupby.simulator.scenarios.FinishedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A call that was played, as a line: what was expected of its segments, in the order of acceptance, and what Flex Insights read.
 *
 * @param call the call
 * @param expected the expected values, {@code -} for nothing and {@code ?} where no value is right
 * @param found the values that Flex Insights read, {@code -} for nothing
 */
record PlayedLine(FinishedCall call, List<String> expected, List<String> found) {

    private static final String FORMAT = "%-36s %-34s %-40s %-40s %s";
    private static final String NOTHING = "-";
    private static final String ANY = "?";

    static final String HEADING = FORMAT.formatted("call", "task", "expected", "found", "");

    static PlayedLine of(FinishedCall finished) {
        SimulatedCall call = finished.call();
        return new PlayedLine(
                finished,
                finished.expected().values().stream().map(PlayedLine::value).toList(),
                finished.expected().keySet().stream()
                        .map(reservation ->
                                call.hangUpByAtCompletion(reservation).orElse(NOTHING))
                        .toList());
    }

    private static String value(ExpectedSegment segment) {
        return segment.open() ? ANY : segment.hangUpBy().orElse(NOTHING);
    }

    boolean isRight() {
        return IntStream.range(0, expected.size())
                .allMatch(i -> expected.get(i).equals(ANY) || expected.get(i).equals(found.get(i)));
    }

    /** Returns what the course of the call says of why values are wrong. */
    List<String> reasons() {
        List<String> reservations = List.copyOf(call.expected().keySet());
        return IntStream.range(0, expected.size())
                .filter(i -> !expected.get(i).equals(ANY) && !expected.get(i).equals(found.get(i)))
                .mapToObj(i -> reason(reservations.get(i), expected.get(i), found.get(i)))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private Optional<String> reason(String reservation, String wanted, String read) {
        if (read.equals(NOTHING)) {
            return wrapUp(reservation).map(PlayedLine::tooSoon);
        }
        boolean plugin = !call.scenario().script().settings().contains(BackendSetting.NO_PLUGIN);
        return plugin && wanted.equals("disconnect") && read.equals("agent")
                ? Optional.of("The simulated agents have the plugin: set hangupby.agent-marker=plugin, or play"
                        + " agent-drops-without-plugin.")
                : Optional.empty();
    }

    /** Returns the time that the agent was in after-call work. */
    private Optional<Duration> wrapUp(String reservation) {
        Optional<Instant> began = call.call().events().stream()
                .filter(event -> event.type().equals("reservation.wrapup")
                        && event.param("ReservationSid").equals(reservation))
                .map(WorkspaceEvent::at)
                .findFirst();
        Optional<Instant> completed = call.call().snapshot(reservation).map(InsightsSnapshot::at);
        return began.flatMap(from -> completed.map(to -> Duration.between(from, to)));
    }

    private static String tooSoon(Duration wrapUp) {
        return String.format(
                Locale.ROOT,
                "The agent completed %.1f s after the wrap-up, before a value was written. If the application needs more time, set"
                        + " --wrap-up.",
                wrapUp.toMillis() / 1000.0);
    }

    @Override
    public String toString() {
        return FORMAT.formatted(
                call.scenario().id(),
                call.call().taskSid(),
                joined(expected),
                joined(found),
                isRight() ? "right" : "WRONG");
    }

    private static String joined(List<String> values) {
        return Optional.of(String.join(", ", values))
                .filter(text -> !text.isEmpty())
                .orElse("no agent took the call");
    }
}
