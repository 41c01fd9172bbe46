package io.hangupby.example.contactcenter;

import io.hangupby.HangUpBy;
import io.hangupby.HangUpByConfigurationException;
import io.hangupby.check.CheckReport;
import io.hangupby.check.CheckReport.Line;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code --check}: starts the backend, checks its set-up, prints the report as text or JSON, and ends with its exit code. */
final class SetupCheck {
    private static final String OPTION = "--check";
    private static final String AS_JSON = "--check=json";
    private static final String SETTINGS = "settings";
    private static final String NAMES_AND_VALUES =
            "Correct it: docs/configuration.md has all settings and their values.";

    private final boolean json;
    private final PrintStream out;

    private SetupCheck(boolean json, PrintStream out) {
        this.json = json;
        this.out = out;
    }

    static boolean isWanted(String... arguments) {
        return Arrays.stream(arguments)
                .anyMatch(argument -> argument.equals(OPTION) || argument.startsWith(OPTION + "="));
    }

    static SetupCheck of(PrintStream out, String... arguments) {
        return new SetupCheck(List.of(arguments).contains(AS_JSON), out);
    }

    /** Returns the exit code: 0 if all is OK, 1 for a warning, 2 if something is wrong. */
    int run(SpringApplication application, String... arguments) {
        application.setLogStartupInfo(false);
        try {
            ConfigurableApplicationContext context = application.run(withLog(arguments));
            CheckReport report = context.getBean(HangUpBy.class).check();
            print(report);
            return SpringApplication.exit(context, report::exitCode);
        } catch (RuntimeException failed) {
            CheckReport report = ofFailedStart(failed);
            print(report);
            return report.exitCode();
        }
    }

    /** As JSON, nothing but the report goes to standard output; as text, what hangupby warns of goes there too. */
    private String[] withLog(String... arguments) {
        Stream<String> levels = json
                ? Stream.of("--logging.level.root=OFF", "--logging.level.io.hangupby=OFF")
                : Stream.of("--logging.level.io.hangupby=WARN");
        return Stream.concat(Stream.of(arguments), levels).toArray(String[]::new);
    }

    private void print(CheckReport report) {
        out.println(json ? report.toJson() : report);
    }

    private static CheckReport ofFailedStart(Throwable failure) {
        Line line = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .flatMap(cause -> ofCause(cause).stream())
                .reduce((outer, inner) -> inner)
                .orElseGet(() -> Line.wrong(
                        SETTINGS, "The application does not start.", "Start it without --check, and see its log."));
        return new CheckReport(List.of(line));
    }

    /** Names settings, but no value: it may be a secret. */
    private static Optional<Line> ofCause(Throwable cause) {
        if (cause instanceof HangUpByConfigurationException wrong) {
            return Optional.of(Line.wrong(SETTINGS, wrong.property() + " " + wrong.problem() + ".", wrong.remedy()));
        }
        if (cause instanceof UnboundConfigurationPropertiesException unknown) {
            String names = unknown.getUnboundProperties().stream()
                    .map(property -> property.getName().toString())
                    .collect(Collectors.joining(", "));
            return Optional.of(Line.wrong(SETTINGS, "There is no setting " + names + ".", NAMES_AND_VALUES));
        }
        if (cause instanceof BindException unusable && unusable.getProperty() != null) {
            return Optional.of(Line.wrong(
                    SETTINGS,
                    unusable.getProperty().getName() + " has a value that cannot be used.",
                    NAMES_AND_VALUES));
        }
        if (cause instanceof PortInUseException inUse) {
            return Optional.of(Line.wrong(
                    SETTINGS,
                    "Port " + inUse.getPort() + " is in use, so the application does not start.",
                    "If your backend listens there, check it by its actuator endpoint: docs/operations/check.md."
                            + " Otherwise stop the other program, or set server.port."));
        }
        return Optional.empty();
    }
}
