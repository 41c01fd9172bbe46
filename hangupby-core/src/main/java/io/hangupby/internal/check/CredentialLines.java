package io.hangupby.internal.check;

import io.hangupby.check.CheckReport.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks that Twilio accepts the credentials, that they may read what hangupby reads, and that the clock is right. */
final class CredentialLines {
    private static final String TOKEN = "auth-token";
    private static final String PERMISSIONS = "permissions";
    private static final String CLOCK = "clock";

    private CredentialLines() {}

    /**
     * Returns the line of the auth tokens.
     *
     * @param tokens whether Twilio has the account for each token
     */
    static Line token(CheckedAccount account, List<Reading<Boolean>> tokens) {
        Reading<Boolean> first = tokens.get(0);
        if (isRejected(first) && tokens.stream().anyMatch(CredentialLines::isAccepted)) {
            return firstOfSeveral(account);
        }
        if (isRejected(first)) {
            return Line.wrong(
                    TOKEN,
                    "Twilio rejects " + account.setting("auth-token") + " for account " + account.sid()
                            + ", so hangupby rejects each callback of that account.",
                    "Set " + account.setting("account-sid") + " and " + account.setting("auth-token")
                            + " to those of one account, as the Console shows them."
                            + " The secret of an API key is no auth token.");
        }
        if (first.value().isEmpty()) {
            return Line.wrong(
                    TOKEN,
                    "Twilio's API cannot be reached: " + first.problem() + ".",
                    "Let this server connect to https://api.twilio.com and https://taskrouter.twilio.com,"
                            + " and check hangupby.twilio.base-url, region and edge. A proxy is set by -Dhttps.proxyHost."
                            + " If the connection is right, Twilio is slow: run the check again.");
        }
        long invalid = tokens.stream().filter(Reading::isDenied).count();
        return invalid == 0
                ? Line.ok(
                        TOKEN,
                        "Twilio accepts " + account.setting("auth-token") + " for account " + account.sid() + ".")
                : Line.warn(
                        TOKEN,
                        "Twilio accepts the first of " + account.setting("auth-tokens") + " for account "
                                + account.sid() + ", and rejects " + invalid + " of the others.",
                        "Remove tokens from " + account.setting("auth-tokens") + " that are replaced.");
    }

    /** Signatures of an accepted token are right, but the first token calls the API, unless a key does. */
    private static Line firstOfSeveral(CheckedAccount account) {
        String seen = "Twilio rejects the first of " + account.setting("auth-tokens") + " for account " + account.sid()
                + ", and accepts another";
        String remedy = "Remove the first token from " + account.setting("auth-tokens") + ".";
        return account.usesApiKey()
                ? Line.warn(TOKEN, seen + ".", remedy)
                : Line.wrong(TOKEN, seen + ". hangupby calls the API with the first.", remedy);
    }

    private static boolean isRejected(Reading<Boolean> token) {
        return token.isDenied() || token.value().filter(found -> !found).isPresent();
    }

    private static boolean isAccepted(Reading<Boolean> token) {
        return token.value().filter(found -> found).isPresent();
    }

    /** Returns the line of the reads that hangupby makes. */
    static Line permissions(CheckedAccount account, AccountReads reads) {
        Map<String, Reading<Boolean>> permissions = reads.permissions();
        List<String> denied = names(permissions, true);
        List<String> failed = names(permissions, false);
        String credentials = account.setting(account.usesApiKey() ? "api-key" : "auth-token");
        if (!denied.isEmpty() && denied.size() == permissions.size()) {
            return Line.wrong(
                    PERMISSIONS,
                    "Twilio rejects " + credentials + ": none of the reads that hangupby makes is allowed.",
                    account.usesApiKey()
                            ? "Create an API key of account " + account.sid() + ", and set both:\n"
                                    + Remedies.newKey(account)
                            : "Mend the line auth-token first: hangupby calls the API with the first token.");
        }
        if (!denied.isEmpty()) {
            return Line.wrong(
                    PERMISSIONS,
                    credentials + " lacks permissions: " + String.join("; ", denied) + ".",
                    "Give the restricted key these permissions in the Console, under API keys & tokens,"
                            + " or create a standard key in its place:\n" + Remedies.newKey(account));
        }
        if (!failed.isEmpty()) {
            Reading<Boolean> example = permissions.get(failed.get(0));
            return Line.warn(
                    PERMISSIONS,
                    "Not known for " + String.join("; ", failed) + ": " + (example == null ? "" : example.problem())
                            + ".",
                    "Run the check again when Twilio's API can be reached.");
        }
        if (reads.sid().isEmpty()) {
            return Line.warn(
                    PERMISSIONS,
                    "Twilio allows " + credentials + " the " + permissions.size()
                            + " reads of calls that hangupby makes."
                            + " Those of TaskRouter are not checked until the workspace is right.",
                    "Mend the line workspace first.");
        }
        return Line.ok(
                PERMISSIONS,
                "Twilio allows " + credentials + " all " + permissions.size() + " reads that hangupby makes."
                        + " The update of a task is not tried, because the check only reads.");
    }

    private static List<String> names(Map<String, Reading<Boolean>> permissions, boolean denied) {
        List<String> names = new ArrayList<>();
        permissions.forEach((name, reading) -> {
            if (reading.value().isEmpty() && reading.isDenied() == denied) {
                names.add(name);
            }
        });
        return names;
    }

    /** Returns the line of a clock that could not be compared. */
    static Line clockNotChecked(String remedy) {
        return Line.warn(CLOCK, "Not checked, because no read at Twilio succeeded.", remedy);
    }

    /** Returns the line of this machine's clock. */
    static Line clock(Duration ahead) {
        if (ahead.isZero()) {
            return Line.ok(CLOCK, "This machine's clock agrees with Twilio's within two seconds.");
        }
        return Line.warn(
                CLOCK,
                "This machine's clock is " + ahead.abs().toSeconds() + " s "
                        + (ahead.isNegative() ? "ahead of" : "behind")
                        + " Twilio's. hangupby corrects the ages of events; times in the journal and the log are wrong.",
                "Synchronize the clock by NTP: timedatectl set-ntp true");
    }
}
