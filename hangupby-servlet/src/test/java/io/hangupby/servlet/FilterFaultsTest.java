package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.hangupby.HangUpBy;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.webhook.VerifyingWebhookHandler;
import io.hangupby.testing.CapturedLog;
import io.hangupby.webhook.WebhookHandler;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/** Faults behind the filter affect neither handlers nor their callers. */
@Timeout(60)
class FilterFaultsTest {
    private static final Set<Handler> HANDLERS = EnumSet.of(
            Handler.ALL_PARAMETERS,
            Handler.THE_STREAM_AT_ONCE,
            Handler.THE_READER_BY_LINES,
            Handler.NOTHING,
            Handler.CLOSES_ITS_WRITER,
            Handler.CLOSES_ITS_STREAM,
            Handler.A_STREAM_AS_LONG_AS_ANNOUNCED,
            Handler.SENDS_AN_ERROR_WITHOUT_READING,
            Handler.FAILS_AFTER_READING,
            Handler.ASYNC_ON_A_THREAD_OF_ITS_OWN,
            Handler.ASYNC_WITH_A_READ_LISTENER);

    private static void assertSameResponses(Supplier<WebhookHandler> hangUpBy) throws Exception {
        Map<Handler, String> plain = new EnumMap<>(Handler.class);
        Map<Handler, String> observed = new EnumMap<>(Handler.class);
        try (CapturedLog log = new CapturedLog();
                Handlers handlers =
                        new Handlers(new HangUpByFilter(new CallbackObserver(hangUpBy, Optional.empty())))) {
            for (Handler handler : HANDLERS) {
                plain.put(handler, handlers.respond(Handlers.PLAIN, handler, Message.A_CALLBACK));
                observed.put(handler, handlers.respond(Handlers.OBSERVED, handler, Message.A_CALLBACK));
            }
            assertThat(observed).isEqualTo(plain);
            assertThat(log.lines()).noneMatch(line -> line.contains("canary"));
        }
    }

    /** Returns a handler whose journal fails with a message that must not be logged. */
    private static VerifyingWebhookHandler withAJournalThat(Runnable fails) {
        return FilterHandlersTest.webhook(new TaskListJournal() {
            @Override
            public synchronized void append(CallEvent event) {
                fails.run();
            }
        });
    }

    @Test
    void a_front_door_that_throws() throws Exception {
        assertSameResponses(() -> {
            throw new IllegalStateException("canary");
        });
    }

    @Test
    void a_front_door_that_is_not_there() throws Exception {
        assertSameResponses(() -> {
            throw new NoClassDefFoundError("canary");
        });
    }

    @Test
    void a_hangupby_that_is_closed() throws Exception {
        HangUpBy closed = HangUpBy.builder()
                .accountSid(Message.ACCOUNT)
                .authToken(Message.TOKEN)
                .build();
        closed.close();

        assertSameResponses(closed::webhook);

        assertThat(closed.status().missedEvents()).isEqualTo(HANDLERS.size());
        assertThat(closed.status().rejectedEvents()).isZero();
    }

    @Test
    void a_journal_that_throws() throws Exception {
        VerifyingWebhookHandler webhook = withAJournalThat(() -> {
            throw new IllegalStateException("canary");
        });

        assertSameResponses(() -> webhook);

        assertMissed(webhook);
    }

    @Test
    void a_journal_that_throws_an_error() throws Exception {
        VerifyingWebhookHandler webhook = withAJournalThat(() -> {
            throw new StackOverflowError("canary");
        });

        assertSameResponses(() -> webhook);

        assertMissed(webhook);
    }

    @Test
    void a_journal_that_hangs() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        VerifyingWebhookHandler webhook = withAJournalThat(() -> await(end));

        assertSameResponses(() -> webhook);

        assertThat(end.getCount()).as("it hangs still").isEqualTo(1);
        assertMissed(webhook);
        end.countDown();
    }

    @Test
    void a_log_that_throws_as_well_as_the_journal() throws Exception {
        VerifyingWebhookHandler webhook = withAJournalThat(() -> {
            throw new IllegalStateException("canary");
        });
        LoggerContext log = (LoggerContext) LoggerFactory.getILoggerFactory();
        BrokenLog broken = new BrokenLog();
        log.addTurboFilter(broken);
        try {
            assertSameResponses(() -> webhook);
        } finally {
            log.getTurboFilterList().remove(broken);
        }

        assertThat(broken.asked).isTrue();
    }

    /** Waits, because the rest after an asynchronous handler is counted as missed after its response. */
    private static void assertMissed(VerifyingWebhookHandler webhook) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (webhook.missedEvents() < HANDLERS.size() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(webhook.missedEvents()).isEqualTo(HANDLERS.size());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Throws for each warning of hangupby. */
    private static final class BrokenLog extends TurboFilter {
        private volatile boolean asked;

        @Override
        public FilterReply decide(
                @Nullable Marker marker,
                Logger logger,
                Level level,
                String format,
                Object @Nullable [] arguments,
                @Nullable Throwable thrown) {
            if (logger.getName().startsWith("io.hangupby") && level.isGreaterOrEqual(Level.WARN)) {
                asked = true;
                throw new IllegalStateException("canary");
            }
            return FilterReply.NEUTRAL;
        }
    }
}
