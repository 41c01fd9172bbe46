package io.hangupby;

import io.hangupby.internal.SilentLog;
import io.hangupby.internal.webhook.WebhookSettings;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log line of a start. */
final class Announcement {
    private static final Logger log = LoggerFactory.getLogger(HangUpBy.class);

    private Announcement() {}

    /** Logs once, for whoever sets hangupby up, which URL to give to Twilio and which settings count. */
    static void log(HangUpBySettings settings, WebhookSettings taken, Accounts accounts) {
        SilentLog.warnOnce(System.err::println);
        log.info(
                "hangupby for account {}: {}; agent marker: {}; calls are remembered in {}{}",
                accounts,
                callbackUrls(taken),
                settings.pluginInstalled() ? "plugin" : "none",
                settings.jdbc().isPresent() ? "the database" : "this process's memory",
                settings.dryRun() ? "; dry run, nothing is written" : "");
    }

    private static String callbackUrls(WebhookSettings taken) {
        if (taken.publicUrls().isEmpty()) {
            return "hangupby.public-url is not set, which matters only if Twilio posts to hangupby's own path";
        }
        return taken.publicUrls().stream()
                .map(url -> url.replaceFirst("//[^/@]*@", "//…@") + "/taskrouter#rc=3&rp=ct,rt,5xx")
                .collect(Collectors.joining(" or ", "TaskRouter's event callback URL is ", ""));
    }
}
