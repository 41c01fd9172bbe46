package io.hangupby;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.check.CheckReport;
import io.hangupby.check.CheckReport.Line;
import io.hangupby.check.CheckReport.Status;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One thing that is wrong, the line that names it, and a part of what mends it, in which {@code %s} is the mount point. */
record WrongSetup(
        String what,
        UnaryOperator<HangUpByBuilder> settings,
        Consumer<CheckedSetup> make,
        String check,
        Status status,
        String seen,
        String remedy) {
    static WrongSetup wrong(String what, Consumer<CheckedSetup> make) {
        return wrong(what, UnaryOperator.identity(), make);
    }

    static WrongSetup wrong(String what, UnaryOperator<HangUpByBuilder> settings, Consumer<CheckedSetup> make) {
        return new WrongSetup(what, settings, make, "", Status.OK, "", "");
    }

    WrongSetup at(String line, Status as) {
        return new WrongSetup(what, settings, make, line, as, seen, remedy);
    }

    WrongSetup saying(String part) {
        return new WrongSetup(what, settings, make, check, status, part, remedy);
    }

    WrongSetup mendedBy(String part) {
        return new WrongSetup(what, settings, make, check, status, seen, part);
    }

    void isNamed() {
        try (CheckedSetup setup = new CheckedSetup(settings)) {
            make.accept(setup);
            CheckReport report = setup.check();
            Line line = report.lines().stream()
                    .filter(each -> each.check().equals(check))
                    .max(Comparator.comparing(Line::status))
                    .orElseThrow();

            assertThat(line.status()).as(report.toString()).isEqualTo(status);
            assertThat(line.seen()).contains(seen);
            assertThat(line.remedy()).contains(remedy.replace("%s", setup.mount()));
            assertThat(report.toString()).doesNotContain("canary");
        }
    }

    @Override
    public String toString() {
        return what;
    }
}
