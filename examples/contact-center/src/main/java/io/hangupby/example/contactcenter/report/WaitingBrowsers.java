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
 * Requests that are answered once there is something new, or after 20 seconds with nothing; they hold no thread until then.
 * Nothing is kept for a browser that is slow to ask again. Thread-safe.
 */
@Component
final class WaitingBrowsers implements ApplicationListener<ContextClosedEvent>, AutoCloseable {
    private static final int AT_ONCE = 200;
    private static final long LONGEST_WAIT_MILLIS = 20_000;
    /** So that in a rush a browser gets many calls in one answer. */
    private static final long GATHERING_MILLIS = 50;

    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean due = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread daemon = new Thread(work, "report");
        daemon.setDaemon(true);
        return daemon;
    });
    private volatile boolean closing;

    /** Returns at once; those who wait are answered on a thread of ours. */
    void somethingChanged() {
        if (!closing && due.compareAndSet(false, true)) {
            var unused = thread.schedule(this::answerAll, GATHERING_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void answerAll() {
        due.set(false);
        waiting.forEach(Waiting::answer);
    }

    DeferredResult<CallBatch> answerOnceNew(Supplier<CallBatch> news) {
        if (closing || waiting.size() >= AT_ONCE) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "ask again in a while");
        }
        Waiting browser = new Waiting(news);
        browser.answer.onTimeout(browser::answer);
        browser.answer.onCompletion(() -> waiting.remove(browser));
        waiting.add(browser);
        // Only now: what comes while it is not among those who wait would reach it with the next call only.
        if (closing || !news.get().calls().isEmpty()) {
            browser.answer();
        }
        return browser.answer;
    }

    /** The server stops only after the requests that are under way. */
    @Override
    public void onApplicationEvent(ContextClosedEvent closed) {
        closing = true;
        answerAll();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static final class Waiting {
        private final DeferredResult<CallBatch> answer = new DeferredResult<>(LONGEST_WAIT_MILLIS);
        private final Supplier<CallBatch> news;

        Waiting(Supplier<CallBatch> news) {
            this.news = news;
        }

        void answer() {
            answer.setResult(news.get());
        }
    }
}
