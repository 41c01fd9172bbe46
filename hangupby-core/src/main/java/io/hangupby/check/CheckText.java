package io.hangupby.check;

import io.hangupby.check.CheckReport.Line;
import io.hangupby.check.CheckReport.Status;
import java.util.stream.Collectors;

/** Formats a report for a terminal. */
final class CheckText {
    private static final String INDENT = " ".repeat(6);

    private CheckText() {}

    static String of(CheckReport report) {
        boolean several = report.lines().stream()
                        .flatMap(line -> line.account().stream())
                        .distinct()
                        .count()
                > 1;
        return report.lines().stream().map(line -> of(line, several)).collect(Collectors.joining("\n", "", "\n"))
                + summary(report);
    }

    private static String of(Line line, boolean several) {
        String account = several ? line.account().map(sid -> " (" + sid + ")").orElse("") : "";
        String text = String.format("%-5s ", line.status()) + line.check() + account + ": " + line.seen();
        return line.remedy().isEmpty()
                ? text
                : text + "\n" + line.remedy().lines().map(INDENT::concat).collect(Collectors.joining("\n"));
    }

    private static String summary(CheckReport report) {
        return report.status() + ": " + count(report, Status.OK) + " lines OK, " + count(report, Status.WARN)
                + " WARN, " + count(report, Status.WRONG) + " WRONG";
    }

    private static long count(CheckReport report, Status status) {
        return report.lines().stream().filter(line -> line.status() == status).count();
    }
}
