package io.hangupby.simulator.internal.text;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How Twilio writes dates and field names. */
public final class TwilioFormats {

    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ISO_MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private TwilioFormats() {}

    /** Returns a date as api.twilio.com and conference status callbacks write it. */
    public static String rfc2822(Instant at) {
        return RFC_2822.format(at);
    }

    /** Returns a date as Event Streams writes it, with milliseconds. */
    public static String isoMillis(Instant at) {
        return ISO_MILLIS.format(at);
    }

    /** Returns a date as taskrouter.twilio.com writes it, in whole seconds. */
    public static String isoSeconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Returns the JSON field name for the name of a callback parameter: {@code task_sid} for {@code TaskSid}. */
    public static String snakeCase(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
