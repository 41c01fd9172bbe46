package io.hangupby.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.simulator.ExpectedOutcome;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.TaskWrite;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.simulator.rest.Fault;
import io.hangupby.simulator.rest.FaultInjector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Each kind of fault, at each request that a call takes, the first time, the second time or every time for a minute: what
 * comes of it, in the end, is the table of {@code docs/operations/failure-modes.md}.
 */
@Timeout(300)
class SingleFaultsTest {
    private static final Duration A_WHILE = Duration.ofMinutes(1);
    private static final Path DOCUMENTED = Path.of("../docs/operations/failure-modes.md");

    @TestFactory
    Stream<DynamicTest> come_to_what_is_documented() {
        SteppedCentre centre = new SteppedCentre(Duration.ofMillis(250));
        Map<Trouble, Map<Request, Cell>> results = new EnumMap<>(Trouble.class);
        List<DynamicTest> tests = new ArrayList<>();
        for (Trouble trouble : Trouble.values()) {
            for (Request request : Request.values()) {
                if (!trouble.onlyUpdates || request == Request.UPDATE) {
                    Cell cell = results.computeIfAbsent(trouble, key -> new EnumMap<>(Request.class))
                            .computeIfAbsent(request, key -> new Cell());
                    for (PlayedCall story : request.stories(trouble)) {
                        for (When when : When.values()) {
                            tests.add(DynamicTest.dynamicTest(
                                    request.title + ", " + trouble.title + ", " + when + ": " + story,
                                    () -> cell.add(when, play(centre, story, request.kind, trouble.fault, when))));
                        }
                    }
                }
            }
        }
        tests.add(DynamicTest.dynamicTest("the documented table", () -> {
            centre.close();
            assertThat(documented()).isEqualTo(table(results));
        }));
        return tests.stream();
    }

    private static String play(
            SteppedCentre centre, PlayedCall story, ApiOperation kind, Supplier<Fault> fault, When when) {
        return switch (when) {
            case FIRST ->
                play(centre, story, faults -> faults.next(kind, fault.get())).orElseThrow();
            // Where a request is made only once, its repetition is the second one.
            case SECOND ->
                play(centre, story, faults -> faults.next(kind, Fault.none(), fault.get()))
                        .or(() -> play(centre, story, faults -> faults.next(kind, fault.get(), fault.get())))
                        .orElseThrow();
            case EVERY_FOR_A_MINUTE ->
                play(centre, story, faults -> faults.rate(1, kind, fault.get())).orElseThrow();
        };
    }

    /** Returns what came of it, or nothing if no fault was met. */
    private static Optional<String> play(SteppedCentre centre, PlayedCall story, Consumer<FaultInjector> order) {
        PlayedCall.Cast cast = new PlayedCall.Cast(centre.twilio());
        FaultInjector faults = centre.twilio().faults();
        SimulatedCall call = story.begins(cast);
        try (SteppedCentre.LookedAfter lookedAfter = centre.lookAfter(call)) {
            int before = faults.injected();
            order.accept(faults);
            lookedAfter.faultsEndAfter(A_WHILE);
            story.goesOn(cast, call, lookedAfter);
            lookedAfter.assertNothingElseChanged();
            String result = result(call, lookedAfter, story);
            return faults.injected() > before ? Optional.of(result) : Optional.empty();
        }
    }

    private static String result(SimulatedCall call, SteppedCentre.LookedAfter lookedAfter, PlayedCall story) {
        Set<Optional<String>> right = new HashSet<>(Set.of(Optional.empty()));
        call.expectedOutcomes().values().forEach(ending -> right.add(ending.hangUpBy()));
        List<Optional<String>> written =
                lookedAfter.writes().stream().map(SingleFaultsTest::value).toList();
        assertThat(right).as("all that may ever stand there").containsAll(written);
        assertThat(written).as("updates").doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(story.updates());
        Set<String> reports = new LinkedHashSet<>();
        lookedAfter.parked().forEach(reason -> reports.add("parked"));
        lookedAfter.outcomes().stream()
                .map(SingleFaultsTest::report)
                .flatMap(Optional::stream)
                .forEach(reports::add);
        if (call.expectedOutcomes().keySet().stream().allMatch(segment -> isRight(call, segment))) {
            return reports.isEmpty() ? "right" : String.join(", ", reports);
        }
        assertThat(reports).as("reports of what is not right").containsAnyOf("too late", "unknown");
        return String.join(", ", reports);
    }

    private static boolean isRight(SimulatedCall call, String reservation) {
        return call.hangUpByAtCompletion(reservation)
                .equals(Optional.ofNullable(call.expectedOutcomes().get(reservation))
                        .flatMap(ExpectedOutcome::hangUpBy));
    }

    private static Optional<String> value(TaskWrite write) {
        return TaskAttributes.of(write.after()).string(FlexAttributes.HANG_UP_BY);
    }

    private static Optional<String> report(Outcome outcome) {
        if (outcome.write().status() == WriteResult.Status.TOO_LATE) {
            return Optional.of("too late");
        }
        return outcome.verdict().endedBy().filter(EndedBy.UNKNOWN::equals).map(unknown -> "unknown");
    }

    private static String table(Map<Trouble, Map<Request, Cell>> results) {
        StringBuilder table = new StringBuilder("| |");
        for (Request request : Request.values()) {
            table.append(' ').append(request.title).append(" |");
        }
        table.append("\n|").append(" --- |".repeat(Request.values().length + 1)).append('\n');
        results.forEach((trouble, cells) -> {
            table.append("| ").append(trouble.title).append(" |");
            for (Request request : Request.values()) {
                table.append(' ')
                        .append(Optional.ofNullable(cells.get(request))
                                .map(Cell::toString)
                                .orElse(""))
                        .append(" |");
            }
            table.append('\n');
        });
        return table.toString();
    }

    /** What came of one kind of fault at one request. */
    private static final class Cell {
        private final Map<When, Set<String>> results = new EnumMap<>(When.class);

        void add(When when, String result) {
            results.computeIfAbsent(when, key -> new LinkedHashSet<>()).add(result);
        }

        @Override
        public String toString() {
            return results.values().stream().distinct().count() == 1
                    ? String.join(" or ", results.values().iterator().next())
                    : results.entrySet().stream()
                            .map(each -> each.getKey().title + ": " + String.join(" or ", each.getValue()))
                            .collect(Collectors.joining("; "));
        }
    }

    private static String documented() throws IOException {
        return Files.readString(DOCUMENTED)
                .lines()
                .filter(line -> line.startsWith("|"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** The requests that a call takes, and a call that takes it twice where there is one. */
    private enum Request {
        CONFERENCE(
                "Conference", ApiOperation.CONFERENCE, PlayedCall.COLD_TRANSFER, PlayedCall.AGENT_DROPS_AND_API_LAGS),
        PARTICIPANTS("Participants", ApiOperation.PARTICIPANTS, PlayedCall.AGENT_LEAVES_THE_CUSTOMER),
        CALL("Call", ApiOperation.CALL, PlayedCall.CUSTOMER_IS_MOVED_ON),
        CHILDREN("child Calls", ApiOperation.CALLS, PlayedCall.CUSTOMER_IS_SENT_TO_A_NUMBER),
        TASK("Task, read", ApiOperation.TASK_READ, PlayedCall.COLD_TRANSFER),
        UPDATE("Task, update", ApiOperation.TASK_WRITE, PlayedCall.COLD_TRANSFER),
        EVENTS("Events", ApiOperation.EVENTS, PlayedCall.UNDER_WAY_BEFORE_WE_LISTENED);

        private final String title;
        private final ApiOperation kind;
        private final List<PlayedCall> stories;

        Request(String title, ApiOperation kind, PlayedCall... stories) {
            this.title = title;
            this.kind = kind;
            this.stories = List.of(stories);
        }

        /** Twilio forgets no call that goes on: only the record of one that is over can be deleted. */
        List<PlayedCall> stories(Trouble trouble) {
            return this == CALL && trouble == Trouble.NOT_FOUND ? List.of(PlayedCall.CUSTOMER_HANGS_UP) : stories;
        }
    }

    private enum Trouble {
        THROTTLED("429 with `Retry-After`", () -> Fault.tooManyRequests(Duration.ofSeconds(3))),
        THROTTLED_WITHOUT("429 without", Fault::tooManyRequests),
        SERVER_ERROR("500", Fault::serverError),
        HTML_503("503 in HTML", Fault::unavailableHtml),
        NO_RESPONSE("no response", Fault::noResponse),
        RESET("connection reset", Fault::reset),
        CUT_OFF("response cut off", Fault::truncated),
        HTML("200 in HTML", Fault::html),
        UNAUTHORIZED("401", Fault::unauthorized),
        FORBIDDEN("403", Fault::forbidden),
        NOT_FOUND("404", Fault::notFound),
        BAD_REQUEST("400", Fault::badRequest),
        CHANGED_MEANWHILE("412", Fault::changedMeanwhile, true),
        APPLIED_THEN_NO_RESPONSE("applied, no response", Fault::appliedThenNoResponse, true),
        APPLIED_THEN_RESET("applied, connection reset", Fault::appliedThenReset, true),
        APPLIED_THEN_SERVER_ERROR("applied, 500", Fault::appliedThenServerError, true);

        private final String title;
        private final Supplier<Fault> fault;
        private final boolean onlyUpdates;

        Trouble(String title, Supplier<Fault> fault) {
            this(title, fault, false);
        }

        Trouble(String title, Supplier<Fault> fault, boolean onlyUpdates) {
            this.title = title;
            this.fault = fault;
            this.onlyUpdates = onlyUpdates;
        }
    }

    private enum When {
        FIRST("first"),
        SECOND("second"),
        EVERY_FOR_A_MINUTE("for a minute");

        private final String title;

        When(String title) {
            this.title = title;
        }
    }
}
