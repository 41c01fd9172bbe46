package io.hangupby.example.contactcenter.report;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.server.ResponseStatusException;

/**
 * Holds requests until there is a change, or for 20 seconds, without occupying a thread. Stores nothing for a browser
 * between requests. Thread-safe.
 */
@Component
final class WaitingBrowsers implements ApplicationListener<ContextClosedEvent>, AutoCloseable {
    private static final int AT_ONCE = 200;
    private static final long LONGEST_WAIT_MILLIS = 20_000;
    /** Gathers changes, so that a browser receives many calls in one response. */
    private static final long GATHERING_MILLIS = 50;

    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean due = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread daemon = new Thread(work, "report");
        daemon.setDaemon(true);
        return daemon;
    });
    private volatile boolean closing;

    /** Returns at once. The waiting requests are completed on another thread. */
    void somethingChanged() {
        if (!closing && due.compareAndSet(false, true)) {
            var unused = thread.schedule(this::respondWithNews, GATHERING_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void respondWithNews() {
        due.set(false);
        waiting.forEach(Waiting::completeIfNew);
    }

    DeferredResult<CallBatch> respondOnceNew(Supplier<CallBatch> news) {
        if (closing || waiting.size() >= AT_ONCE) {
            throw new ResponseStatusException(
                    HttpStatus.SERVICE_UNAVAILABLE, "too many browsers wait; try again later");
        }
        Waiting browser = new Waiting(news);
        browser.response.onTimeout(browser::complete);
        browser.response.onCompletion(() -> waiting.remove(browser));
        waiting.add(browser);
        // Checked after the request waits, so that no change is missed between the check and the wait.
        if (closing) {
            browser.complete();
        }
        browser.completeIfNew();
        return browser.response;
    }

    /** Completes all requests, because the server waits for open requests when it stops. */
    @Override
    public void onApplicationEvent(ContextClosedEvent closed) {
        closing = true;
        waiting.forEach(Waiting::complete);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static final class Waiting {
        private final DeferredResult<CallBatch> response = new DeferredResult<>(LONGEST_WAIT_MILLIS);
        private final Supplier<CallBatch> news;

        Waiting(Supplier<CallBatch> news) {
            this.news = news;
        }

        void complete() {
            response.setResult(news.get());
        }

        /** A change before this request can be reported late. */
        void completeIfNew() {
            CallBatch batch = news.get();
            if (!batch.calls().isEmpty()) {
                response.setResult(batch);
            }
        }
    }
}
