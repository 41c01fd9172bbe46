package io.hangupby.internal.twilio;

import com.twilio.http.TwilioRestClient;
import io.hangupby.call.AccountSid;
import io.hangupby.twilio.TwilioFailure;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Makes single attempts at requests to an account's API, and says how they failed. Thread-safe. */
final class TwilioRequests implements AutoCloseable {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;

    private final AccountSid account;
    private final String credentials;
    private final TwilioConnection connection;
    private final Attempts attempts;
    private final Duration responseWithin;

    /**
     * @param user the SID of the account or of an API key
     * @param responseWithin the time for an attempt as a whole: the connection, the headers, and the body to its end
     */
    TwilioRequests(
            AccountSid account, String user, TwilioConnection connection, Attempts attempts, Duration responseWithin) {
        this.account = account;
        // Without a prefix, because one of several accounts has settings of its own.
        this.credentials = user.equals(account.value())
                ? "the setting auth-token"
                : "the settings api-key and api-secret, and what that key is allowed,";
        this.connection = connection;
        this.attempts = attempts;
        this.responseWithin = responseWithin;
    }

    /** Reads a resource. Returns an empty Optional if Twilio does not have it. */
    <T> Optional<T> find(String request, Function<TwilioRestClient, T> read) {
        return send(
                request,
                client -> Optional.of(read.apply(client)),
                status -> status == NOT_FOUND ? Optional.of(Optional.empty()) : Optional.empty());
    }

    /** Reads a list, which can be empty, but not absent. */
    <T> List<T> list(String request, Function<TwilioRestClient, List<T>> read) {
        return send(request, read, status -> Optional.empty());
    }

    /**
     * Reads a list of many pages, which is empty if Twilio does not have it.
     *
     * @param times how many times as long as another request it may take
     */
    <T> List<T> longList(String request, int times, Function<TwilioRestClient, List<T>> read) {
        return send(
                request,
                responseWithin.multipliedBy(times),
                read,
                status -> status == NOT_FOUND ? Optional.of(List.of()) : Optional.empty());
    }

    /**
     * Sends a request.
     *
     * @param resultOfStatus the result of an error status, if the status is no failure
     */
    <T> T send(String request, Function<TwilioRestClient, T> send, Function<Integer, Optional<T>> resultOfStatus) {
        return send(request, responseWithin, send, resultOfStatus);
    }

    private <T> T send(
            String request,
            Duration within,
            Function<TwilioRestClient, T> send,
            Function<Integer, Optional<T>> resultOfStatus) {
        try {
            // Created before the time of the attempt begins, because loading its classes takes long.
            TwilioRestClient client = connection.client();
            return attempts.make(() -> send.apply(client), within);
        } catch (HttpStatusException status) {
            return resultOfStatus.apply(status.status()).orElseThrow(() -> failure(request, status));
        } catch (UncheckedIOException broken) {
            String kind = Objects.requireNonNull(broken.getCause()).getClass().getSimpleName();
            throw failure(
                    TwilioFailure.Kind.UNREACHABLE, request, "no response from " + broken.getMessage() + ", " + kind);
        } catch (InvalidResponseException invalid) {
            throw failure(TwilioFailure.Kind.INVALID_RESPONSE, request, invalid.problem());
        } catch (Attempts.ClosedException closed) {
            throw failure(TwilioFailure.Kind.NOT_SENT, request, "the connections are closed");
        } catch (Attempts.FullException full) {
            throw failure(
                    TwilioFailure.Kind.NOT_SENT,
                    request,
                    "too many requests that were given up still hang; check the name server, or the HTTP client of the application");
        } catch (RuntimeException unreadable) {
            // For JSON of an unexpected shape, twilio-java throws any kind of RuntimeException.
            throw failure(TwilioFailure.Kind.INVALID_RESPONSE, request, "a response that is not Twilio's");
        }
    }

    private TwilioFailure failure(String request, HttpStatusException status) {
        String problem = status.problem();
        TwilioFailure.Kind kind = TwilioFailure.Kind.BAD_REQUEST;
        if (status.status() < 400) {
            kind = TwilioFailure.Kind.INVALID_RESPONSE;
            problem += ", which Twilio does not send";
        } else if (status.status() == NOT_FOUND) {
            kind = TwilioFailure.Kind.NOT_FOUND;
        } else if (status.status() == TOO_MANY_REQUESTS) {
            kind = TwilioFailure.Kind.THROTTLED;
        } else if (status.status() >= 500) {
            kind = TwilioFailure.Kind.UNAVAILABLE;
        } else if (status.status() == UNAUTHORIZED || status.status() == FORBIDDEN) {
            kind = TwilioFailure.Kind.UNAUTHORIZED;
            problem += "; check " + credentials + " for account " + account;
        }
        return new TwilioFailure(kind, request, problem, status.retryAfter());
    }

    private static TwilioFailure failure(TwilioFailure.Kind kind, String request, String problem) {
        return new TwilioFailure(kind, request, problem, Optional.empty());
    }

    @Override
    public void close() {
        attempts.close();
        connection.close();
    }
}
