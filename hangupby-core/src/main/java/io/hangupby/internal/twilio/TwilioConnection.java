package io.hangupby.internal.twilio;

import com.twilio.http.TwilioRestClient;
import io.hangupby.call.AccountSid;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The client of twilio-java that sends an account's requests. It is created at the first request: its many classes would make
 * the application start later. Thread-safe.
 */
final class TwilioConnection implements AutoCloseable {
    private final Object lock = new Object();
    private final Supplier<Opened> open;
    private Optional<Opened> opened = Optional.empty();
    private boolean closed;

    /**
     * @param open creates the client, once
     */
    TwilioConnection(Supplier<Opened> open) {
        this.open = open;
    }

    /** @throws Attempts.ClosedException if this is closed */
    TwilioRestClient client() {
        synchronized (lock) {
            if (closed) {
                throw new Attempts.ClosedException();
            }
            Opened made = opened.orElseGet(open);
            opened = Optional.of(made);
            return made.client();
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            opened.ifPresent(made -> made.http().close());
        }
    }

    /** A client, and the connections that it uses. */
    record Opened(TwilioRestClient client, NoRetryHttpClient http) {
        static Opened of(
                TwilioRestClient.Builder client, AccountSid account, TwilioHosts hosts, NoRetryHttpClient http) {
            hosts.region().ifPresent(client::region);
            hosts.edge().ifPresent(client::edge);
            return new Opened(
                    client.accountSid(account.value()).httpClient(http).build(), http);
        }
    }
}
