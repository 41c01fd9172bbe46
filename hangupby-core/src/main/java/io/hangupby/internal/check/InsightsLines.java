package io.hangupby.internal.check;

import io.hangupby.check.CheckReport.Line;
import java.util.Optional;

/** Checks what an account allows beside TaskRouter: Voice Insights, and its limit of requests. */
final class InsightsLines {
    private static final String INSIGHTS = "voice-insights";
    private static final String LIMIT = "update-limit";

    private InsightsLines() {}

    static Line advancedFeatures(Reading<Boolean> read) {
        if (read.value().isEmpty()) {
            return Line.ok(
                    INSIGHTS,
                    "Not checked, because the settings of Voice Insights could not be read: " + read.problem()
                            + ". hangupby does not need that permission.");
        }
        return read.value().get()
                ? Line.ok(INSIGHTS, "The Advanced Features of Voice Insights are on.")
                : Line.warn(
                        INSIGHTS,
                        "The Advanced Features of Voice Insights are off, so there are no summaries to compare verdicts with."
                                + " Flex includes these features under fair use.",
                        "curl -X POST https://insights.twilio.com/v1/Voice/Settings -d AdvancedFeatures=true"
                                + " -u \"$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN\"\n"
                                + "Terraform's provider has no resource for it; the Console has it under Voice Insights, Settings.");
    }

    static Line limit(AccountReads reads, int updatesPerSecond) {
        Reading<Optional<String>> read = reads.taskRateLimit();
        String setting = updatesPerSecond == 0
                ? "hangupby.twilio.max-updates-per-second=0 sets no limit"
                : "hangupby updates at most " + updatesPerSecond + " tasks per second";
        if (reads.sid().isEmpty() || read.value().isEmpty()) {
            String why = reads.sid().isEmpty()
                    ? "there is no workspace to read; see the line workspace"
                    : "the tasks could not be read: " + read.problem();
            return Line.ok(LIMIT, "Not checked, because " + why + "; " + setting + ".");
        }
        return Line.ok(
                LIMIT,
                read.value()
                        .flatMap(limit -> limit)
                        .map(limit -> "Twilio reports a limit of " + limit + " requests with tasks; " + setting + ".")
                        .orElse("Twilio reports no limit with tasks; " + setting + "."));
    }
}
