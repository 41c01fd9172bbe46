package io.hangupby.example.contactcenter.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.server.ResponseStatusException;

class WaitingBrowsersTest {
    private static final CallBatch NOTHING =
            new CallBatch("a-life", 0, 0, false, CallBatch.Journal.IN_MEMORY, List.of());

    private final WaitingBrowsers browsers = new WaitingBrowsers();

    @AfterEach
    void close() {
        browsers.close();
    }

    @Test
    void at_most_two_hundred_wait_at_once() {
        assertThat(waiting()).hasSize(200).noneMatch(DeferredResult::hasResult);
        assertThatThrownBy(() -> browsers.respondOnceNew(() -> NOTHING))
                .isInstanceOfSatisfying(
                        ResponseStatusException.class,
                        refusal -> assertThat(refusal.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE));
    }

    @Test
    void all_are_let_go_when_the_backend_ends_so_that_it_need_not_wait_for_them() {
        List<DeferredResult<CallBatch>> waiting = waiting();

        browsers.onApplicationEvent(new ContextClosedEvent(new StaticApplicationContext()));

        assertThat(waiting).allMatch(browser -> NOTHING.equals(browser.getResult()));
        assertThatThrownBy(() -> browsers.respondOnceNew(() -> NOTHING)).isInstanceOf(ResponseStatusException.class);
    }

    private List<DeferredResult<CallBatch>> waiting() {
        return Stream.generate(() -> browsers.respondOnceNew(() -> NOTHING))
                .limit(200)
                .toList();
    }
}
