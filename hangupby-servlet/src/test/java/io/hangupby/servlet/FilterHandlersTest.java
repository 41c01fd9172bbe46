package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.AccountSid;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.webhook.SignatureVerifier;
import io.hangupby.internal.webhook.VerifyingWebhookHandler;
import io.hangupby.internal.webhook.WebhookAccount;
import io.hangupby.internal.webhook.WebhookSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handlers behind the filter see and respond the same as without the filter, and the events are recorded. */
@Timeout(60)
class FilterHandlersTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final TaskListJournal journal = new TaskListJournal();
    private static final ExecutorService senders = Executors.newFixedThreadPool(16);
    private static final VerifyingWebhookHandler webhook = webhook(journal);
    private static Handlers handlers;

    @BeforeAll
    static void start() throws Exception {
        handlers = new Handlers(new HangUpByFilter(new CallbackObserver(() -> webhook, Optional.empty())));
    }

    /** Accepts events of the account of {@link Message}, signed for any address. */
    static VerifyingWebhookHandler webhook(TaskListJournal journal) {
        return new VerifyingWebhookHandler(
                new WebhookSettings(
                        List.of(new WebhookAccount(
                                new AccountSid(Message.ACCOUNT),
                                Optional.empty(),
                                new SignatureVerifier(List.of(Message.TOKEN)))),
                        Optional.empty(),
                        false),
                new EventReader(Set.of("voice")),
                journal);
    }

    @AfterAll
    static void stop() {
        senders.shutdownNow();
        handlers.close();
        assertThat(journal.tasks()).as("each is observed once").doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void handlers_see_and_respond_the_same_with_and_without_the_filter(Handler handler) throws Exception {
        List<Message> messages =
                Arrays.stream(Message.values()).filter(handler::takes).toList();
        Map<Message, String> plain = responses(Handlers.PLAIN, handler, messages);
        Map<Message, String> observed = responses(Handlers.OBSERVED, handler, messages);
        assertThat(messages)
                .allSatisfy(message -> assertThat(observed.get(message)).isEqualTo(plain.get(message)));

        List<Message> events = messages.stream()
                .filter(message -> message.isEvent() && handler.isKept(message).orElse(false))
                .toList();
        for (Message event : events) {
            journal.await(Handlers.taskSid(handler, event), SOON);
        }
        assertThat(messages)
                .filteredOn(message -> journal.tasks().contains(Handlers.taskSid(handler, message)))
                .filteredOn(message -> handler.isKept(message).isPresent())
                .isEqualTo(events);
    }

    /** Sends the messages at once, and returns the result of each. */
    private static Map<Message, String> responses(String way, Handler handler, List<Message> messages)
            throws Exception {
        List<Future<String>> sent = messages.stream()
                .map(message -> senders.submit(() -> handlers.respond(way, handler, message)))
                .toList();
        Map<Message, String> responses = new EnumMap<>(Message.class);
        for (int i = 0; i < sent.size(); i++) {
            responses.put(messages.get(i), outcome(sent.get(i)));
        }
        return responses;
    }

    /** Returns a response, or how the connection ended without a response. */
    private static String outcome(Future<String> response) throws Exception {
        try {
            return response.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException brokenOff) {
                return brokenOff.toString();
            }
            throw e;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RESPONDS_THEN_READS_THE_STREAM", "RESPONDS_THEN_READS_PARAMETERS"})
    void handlers_see_the_same_after_their_response(Handler handler) throws Exception {
        String plain = seenAfterResponse(Handlers.PLAIN, handler);
        String observed = seenAfterResponse(Handlers.OBSERVED, handler);
        if (Container.ofThisRun() == Container.TOMCAT_11) {
            assertThat(plain).as("it has nothing for them any more").startsWith("threw");
        } else {
            assertThat(observed).isEqualTo(plain);
        }
    }

    private static String seenAfterResponse(String way, Handler handler) throws Exception {
        Handler.LAST_SEEN.clear();
        String path = way + handler;
        Message.A_CALLBACK.send(
                handlers.port(),
                path,
                "http://127.0.0.1:" + handlers.port() + path,
                // A task of its own, so that the order of the tests does not matter.
                Handlers.taskSid(handler, Message.A_GET).replaceFirst("^WT.{8}", "WT" + "a".repeat(8)));
        return String.valueOf(Handler.LAST_SEEN.poll(SOON.toSeconds(), TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @EnumSource(names = {"THE_STREAM_AT_ONCE", "THE_READER_BY_LINES", "ALL_PARAMETERS", "ASYNC_WITH_A_READ_LISTENER"})
    void handlers_see_the_same_of_a_sender_that_breaks_off(Handler handler) throws Exception {
        assertThat(seenOfSenderWhoBreaksOff(Handlers.OBSERVED + handler))
                .isEqualTo(seenOfSenderWhoBreaksOff(Handlers.PLAIN + handler));
    }

    private static String seenOfSenderWhoBreaksOff(String path) throws Exception {
        Handler.LAST_SEEN.clear();
        try (RawClient sender = new RawClient(handlers.port())) {
            sender.send(
                    "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n" + Handlers.TASK_HEADER
                            + ": none\r\nContent-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: s\r\n\r\nNote=half");
        }
        return String.valueOf(Handler.LAST_SEEN.poll(SOON.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void handlers_return_although_senders_withhold_the_rest() throws Exception {
        // More than the threads of Jetty. Tomcat itself holds a thread for each.
        int count = Container.ofThisRun().product().contains("Tomcat") ? 30 : 300;
        long missed = webhook.missedEvents();
        List<RawClient> senders = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                RawClient sender = new RawClient(handlers.port());
                senders.add(sender);
                sender.send("POST " + Handlers.OBSERVED + Handler.NOTHING + " HTTP/1.1\r\nHost: localhost\r\n"
                        + Handlers.TASK_HEADER + ": none\r\nContent-Length: 50\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: s\r\n\r\nNote=half");
            }
            for (RawClient sender : senders) {
                assertThat(sender.response().status()).contains("200");
            }
            assertThat(webhook.missedEvents() - missed).isEqualTo(count);
        } finally {
            for (RawClient sender : senders) {
                sender.close();
            }
        }
    }

    @Test
    void handlers_run_in_the_container_of_this_run() throws Exception {
        List<String> seen = new ArrayList<>();
        Container.Application application =
                context -> seen.add(context.getServerInfo() + ", Servlet 6." + context.getMinorVersion());
        Container.ofThisRun().start(application).close();

        assertThat(seen)
                .singleElement()
                .asString()
                .startsWith(Container.ofThisRun().product())
                .endsWith("Servlet 6." + Container.ofThisRun().minorVersion());
    }
}
