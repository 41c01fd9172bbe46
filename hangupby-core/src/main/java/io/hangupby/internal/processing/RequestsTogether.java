package io.hangupby.internal.processing;

import io.hangupby.internal.twilio.TwilioGateway;
import io.hangupby.twilio.TwilioFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Requests to Twilio that are made at the same time. Used by one thread. */
final class RequestsTogether {
    private final TwilioGateway twilio;
    private final List<FutureTask<?>> requests = new ArrayList<>();

    RequestsTogether(TwilioGateway twilio) {
        this.twilio = twilio;
    }

    /** Adds a request. Returns its result, which is available once the requests have been sent. */
    <T> Supplier<T> add(Supplier<T> request) {
        FutureTask<T> added = new FutureTask<>(request::get);
        requests.add(added);
        return () -> resultOf(added);
    }

    /**
     * Sends all requests, and waits for the responses.
     *
     * @throws TwilioFailure if a request fails; of several failures, that of the request that was added first
     */
    void send() {
        twilio.together(requests);
        requests.forEach(RequestsTogether::resultOf);
    }

    private static <T> T resultOf(FutureTask<T> request) {
        try {
            return request.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failed.getCause();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw shuttingDown();
        } catch (CancellationException cancelled) {
            throw shuttingDown();
        }
    }

    private static TwilioFailure shuttingDown() {
        return new TwilioFailure(
                TwilioFailure.Kind.NOT_SENT, "read of a task's evidence", "shutting down", Optional.empty());
    }
}
