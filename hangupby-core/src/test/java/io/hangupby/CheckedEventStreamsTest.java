package io.hangupby;

import static io.hangupby.WrongSetup.wrong;

import io.hangupby.check.CheckReport.Status;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Event Streams sends to hangupby, set up wrong. */
class CheckedEventStreamsTest {
    /** The digits of the first sink, and of its subscription. */
    private static final String FIRST = "0".repeat(31) + "1";

    @ParameterizedTest
    @MethodSource
    void names_what_is_wrong_with_event_streams(WrongSetup wrong) {
        wrong.isNamed();
    }

    static Stream<WrongSetup> names_what_is_wrong_with_event_streams() {
        return Stream.of(
                wrong("sink at another endpoint", setup -> sink(setup, "/taskrouter", "POST", true, "active"))
                        .at("event-streams-sink", Status.WRONG)
                        .mendedBy("{\"destination\":\"%s/events\",\"method\":\"POST\",\"batch_events\":true}"),
                wrong("sink with overrides", setup -> sink(setup, "/events#rc=3", "POST", true, "active"))
                        .at("event-streams-sink", Status.WRONG)
                        .mendedBy("twilio api:events:v1:sinks:remove --sid DG"),
                wrong("sink with a subscription to remove first", CheckedEventStreamsTest::subscribedByGet)
                        .at("event-streams-sink", Status.WRONG)
                        .mendedBy("twilio api:events:v1:subscriptions:remove --sid DF" + FIRST
                                + "\ntwilio api:events:v1:sinks:remove --sid DG" + FIRST),
                wrong(
                                "sink at another host",
                                setup -> setup.twilio().setup().addSink("https://old.example.com/hangupby/events"))
                        .at("event-streams-sink", Status.WARN)
                        .saying("has another host: https://old.example.com/hangupby/events")
                        .mendedBy("{\"destination\":\"%s/events\""),
                wrong("sink that failed gets its types again, and the new sink is subscribed first", setup -> {
                            String sink = sink(setup, "/events", "POST", true, "failed");
                            setup.twilio()
                                    .setup()
                                    .subscribe(sink, 1, List.of("com.twilio.voice.insights.call-summary.complete"));
                        })
                        .at("event-streams-sink", Status.WRONG)
                        .mendedBy(
                                "  --types '{\"type\":\"com.twilio.taskrouter.reservation.completed\",\"schema_version\":4}' \\\n"
                                        + "  --types '{\"type\":\"com.twilio.voice.insights.call-summary.complete\",\"schema_version\":2}'\n"
                                        + "twilio api:events:v1:subscriptions:remove --sid DF" + FIRST),
                wrong("sink by GET", setup -> sink(setup, "/events", "GET", true, "active"))
                        .at("event-streams-sink", Status.WRONG)
                        .mendedBy("twilio api:events:v1:sinks:create"),
                wrong("sink that failed", setup -> sink(setup, "/events", "POST", true, "failed"))
                        .at("event-streams-sink", Status.WRONG)
                        .mendedBy("twilio api:events:v1:sinks:create"),
                wrong("sink without batches", setup -> sink(setup, "/events", "POST", false, "active"))
                        .at("event-streams-sink", Status.WARN)
                        .mendedBy("batch_events = true"),
                wrong("sink without a subscription", setup -> sink(setup, "/events", "POST", true, "active"))
                        .at("event-streams-types", Status.WARN)
                        .mendedBy("--types '{\"type\":\"com.twilio.taskrouter.task.created\",\"schema_version\":4}'"),
                wrong("one type missing", setup -> subscribed(setup, 4, CheckTest.without("reservation.wrapup")))
                        .at("event-streams-types", Status.WARN)
                        .saying("without reservation.wrapup values are written late or not at all")
                        .mendedBy("    jsonencode({ type = \"com.twilio.taskrouter.reservation.wrapup\","
                                + " schema_version = 4 }),\n  ]\n}"),
                wrong("an old schema", setup -> subscribed(setup, 2, CheckTest.NEEDED))
                        .at("event-streams-types", Status.WARN)
                        .mendedBy("twilio api:events:v1:subscriptions:subscribed-events:update --subscription-sid DF"
                                + FIRST + " --type com.twilio.taskrouter.task.wrapup --schema-version 4"),
                wrong(
                                "an old schema of conferences",
                                setup -> subscribed(
                                        setup, List.of("com.twilio.voice.status-callback.conference.updated"), 1))
                        .at("event-streams-types", Status.WARN)
                        .saying("com.twilio.voice.status-callback.conference.updated")
                        .mendedBy("--type com.twilio.voice.status-callback.conference.updated --schema-version 2"),
                wrong(
                                "an old schema of Voice Insights",
                                setup -> subscribed(
                                        setup, List.of("com.twilio.voice.insights.call-summary.complete"), 1))
                        .at("event-streams-types", Status.WARN)
                        .mendedBy("--type com.twilio.voice.insights.call-summary.complete --schema-version 2"),
                wrong("streams alone, one type missing", setup -> {
                            setup.twilio().setup().removeEventCallbackUrl();
                            subscribed(setup, 4, CheckTest.without("reservation.wrapup"));
                        })
                        .at("event-streams-types", Status.WRONG)
                        .mendedBy("com.twilio.taskrouter.reservation.wrapup"),
                wrong("streams alone are late", setup -> {
                            setup.twilio().setup().removeEventCallbackUrl();
                            subscribed(setup, 4, CheckTest.NEEDED);
                        })
                        .at("callback-url", Status.WARN)
                        .saying("Event Streams sends them to hangupby, but later")
                        .mendedBy("--event-callback-url"));
    }

    private static void subscribedByGet(CheckedSetup setup) {
        String sink = sink(setup, "/events", "GET", true, "active");
        setup.twilio().setup().subscribe(sink, 4, List.of("com.twilio.taskrouter.task.wrapup"));
    }

    /** Subscribes a right sink to further types too. */
    private static void subscribed(CheckedSetup setup, List<String> further, int version) {
        setup.twilio().setup().subscribe(subscribed(setup, 4, CheckTest.NEEDED), version, further);
    }

    private static String sink(CheckedSetup setup, String endpoint, String method, boolean batches, String status) {
        return setup.twilio().setup().addSink(setup.mount() + endpoint, method, batches, status);
    }

    private static String subscribed(CheckedSetup setup, int version, String events) {
        String sink = sink(setup, "/events", "POST", true, "active");
        setup.twilio()
                .setup()
                .subscribe(
                        sink,
                        version,
                        Arrays.stream(events.split(","))
                                .map("com.twilio.taskrouter."::concat)
                                .toList());
        return sink;
    }
}
