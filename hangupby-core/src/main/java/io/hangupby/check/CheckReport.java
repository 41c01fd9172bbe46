package io.hangupby.check;

import io.hangupby.call.AccountSid;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What {@code HangUpBy.check} found: a line for each part of the set-up, with what was seen and what mends it. Holds no secret, no
 * telephone number and no attribute of a task. Immutable.
 */
public final class CheckReport {
    private final List<Line> lines;

    /**
     * Creates a report. {@code HangUpBy.check} does so; an application needs it for tests only.
     *
     * @param lines see {@link #lines}
     */
    public CheckReport(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    /** Returns the lines, account by account, in the order in which they are best mended. */
    public List<Line> lines() {
        return lines;
    }

    /** Returns the worst status of a line, or {@link Status#OK} without lines. */
    public Status status() {
        return lines.stream().map(Line::status).max(Comparator.naturalOrder()).orElse(Status.OK);
    }

    /** Returns the exit code of a program that prints this report: 0 if all is OK, 1 for a warning, 2 if a line is wrong. */
    public int exitCode() {
        return switch (status()) {
            case OK -> 0;
            case WARN -> 1;
            case WRONG -> 2;
        };
    }

    /** Returns this report as a JSON object with {@code status} and {@code lines}. */
    public String toJson() {
        return CheckJson.of(this);
    }

    /** Returns readable text: a line for each part, below it what mends it, and a summary. */
    @Override
    public String toString() {
        return CheckText.of(this);
    }

    /** How a part of the set-up is. */
    public enum Status {
        /** Nothing needs a change. */
        OK,
        /** hangupby works, but some values come late, are missing or are less certain. */
        WARN,
        /** Values are missing or wrong until this is mended. */
        WRONG
    }

    /** One part of the set-up. Immutable. */
    public static final class Line {
        private final String check;
        private final Optional<AccountSid> account;
        private final Status status;
        private final String seen;
        private final String remedy;

        private Line(String check, Optional<AccountSid> account, Status status, String seen, String remedy) {
            this.check = check;
            this.account = account;
            this.status = status;
            this.seen = seen;
            this.remedy = remedy;
        }

        /** Creates a line for a part that is right. */
        public static Line ok(String check, String seen) {
            return new Line(check, Optional.empty(), Status.OK, seen, "");
        }

        /** Creates a line for a part that is better changed. */
        public static Line warn(String check, String seen, String remedy) {
            return new Line(check, Optional.empty(), Status.WARN, seen, remedy);
        }

        /** Creates a line for a part that has to be changed. */
        public static Line wrong(String check, String seen, String remedy) {
            return new Line(check, Optional.empty(), Status.WRONG, seen, remedy);
        }

        /** Returns this line as that of an account. */
        public Line of(AccountSid owner) {
            return new Line(check, Optional.of(owner), status, seen, remedy);
        }

        /** Returns the name of the part, such as {@code callback-url}: a heading of {@code docs/operations/check.md}. */
        public String check() {
            return check;
        }

        /** Returns the account whose set-up this is; empty for a part that all accounts share. */
        public Optional<AccountSid> account() {
            return account;
        }

        /** Returns how the part is. */
        public Status status() {
            return status;
        }

        /** Returns what was seen, in a sentence or two. */
        public String seen() {
            return seen;
        }

        /** Returns the settings or commands that mend it, in one or several lines of text; empty if nothing is to be mended. */
        public String remedy() {
            return remedy;
        }

        @Override
        public String toString() {
            return status + " " + check + ": " + seen;
        }
    }
}
