package io.hangupby.internal.twilio;

import com.twilio.base.ResourceSet;
import com.twilio.base.TwilioResponse;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import io.hangupby.call.AccountSid;
import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Participant;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.event.EventReading;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.twilio.TwilioFailure;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one account's Twilio API through twilio-java, one HTTP attempt a call. An attempt fails after two seconds
 * without a connection, and after five seconds in all. Interrupting its thread ends it at once. Thread-safe.
 */
public final class TwilioJavaGateway implements TwilioGateway {
    /** The time for an attempt as a whole: the connection, the headers, and the body to its end. */
    private static final Duration RESPONSE_WITHIN = Duration.ofSeconds(5);
    /** A list of many pages takes this many times as long. */
    private static final int LONG_LIST = 4;

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    private static final int TOO_MANY_REQUESTS = 429;

    /** More than a conference can have. */
    private static final int PARTICIPANTS_READ_AT_MOST = 500;

    private static final int EVENTS_READ_AT_MOST = 500;
    private static final int END_EVENTS_READ_AT_MOST = 5000;
    /** An event can hold the attributes of its task and its worker, and a page has to fit into the limit of a response. */
    private static final int END_EVENTS_ON_A_PAGE = 300;

    private static final int CHILDREN_READ_AT_MOST = 20;
    private static final int A_DAY_IN_MINUTES = (int) Duration.ofDays(1).toMinutes();

    private final AccountSid account;
    private final Object lock = new Object();
    private final Supplier<Connection> connect;
    private Optional<Connection> connection = Optional.empty();
    private boolean closed;
    private final EventReader eventReader;
    private final String credentials;
    private final Attempts attempts;
    private final Duration responseWithin;

    /**
     * Sends requests through an HTTP client of its own.
     *
     * @param account whose API to use
     * @param user the SID of the account or of an API key
     * @param password the account's auth token, or the API key's secret
     * @param connections how many requests can be under way at once
     * @param hosts where requests go
     * @param eventReader reads the events that TaskRouter recorded
     * @param clock learns the time at Twilio
     */
    public TwilioJavaGateway(
            AccountSid account,
            String user,
            String password,
            int connections,
            TwilioHosts hosts,
            EventReader eventReader,
            TwilioClock clock) {
        this(account, user, password, connections, hosts, eventReader, clock, RESPONSE_WITHIN);
    }

    TwilioJavaGateway(
            AccountSid account,
            String user,
            String password,
            int connections,
            TwilioHosts hosts,
            EventReader eventReader,
            TwilioClock clock,
            Duration responseWithin) {
        this(account, user, new Attempts(connections, false), eventReader, responseWithin, () -> {
            NoRetryHttpClient http = new ApacheNoRetryHttpClient(connections, hosts, clock, Timeout.of(responseWithin));
            return Connection.of(new TwilioRestClient.Builder(user, password), account, hosts, http);
        });
    }

    /**
     * Sends requests through an application's own client: through its HTTP client, to its region and edge. That client is neither
     * asked to retry nor closed. Its credentials and account are not used.
     *
     * @param account whose API to use
     * @param user the SID of the account or of an API key
     * @param password the account's auth token, or the API key's secret
     * @param applicationClient the application's client
     * @param connections how many requests can be under way at once
     * @param hosts where requests go; without region and edge, those of the application's client hold
     * @param eventReader reads the events that TaskRouter recorded
     * @param clock learns the time at Twilio
     */
    public TwilioJavaGateway(
            AccountSid account,
            String user,
            String password,
            TwilioRestClient applicationClient,
            int connections,
            TwilioHosts hosts,
            EventReader eventReader,
            TwilioClock clock) {
        this(account, user, password, applicationClient, connections, hosts, eventReader, clock, RESPONSE_WITHIN);
    }

    TwilioJavaGateway(
            AccountSid account,
            String user,
            String password,
            TwilioRestClient applicationClient,
            int connections,
            TwilioHosts hosts,
            EventReader eventReader,
            TwilioClock clock,
            Duration responseWithin) {
        this(account, user, new Attempts(connections, true), eventReader, responseWithin, () -> {
            TwilioHosts resolved = new TwilioHosts(
                    hosts.region().or(() -> Optional.ofNullable(applicationClient.getRegion())),
                    hosts.edge().or(() -> Optional.ofNullable(applicationClient.getEdge())),
                    hosts.baseUrl());
            return Connection.of(
                    new TwilioRestClient.Builder(user, password)
                            .userAgentExtensions(applicationClient.getUserAgentExtensions()),
                    account,
                    resolved,
                    new DelegatingHttpClient(applicationClient.getHttpClient(), hosts, clock));
        });
    }

    private TwilioJavaGateway(
            AccountSid account,
            String user,
            Attempts attempts,
            EventReader eventReader,
            Duration responseWithin,
            Supplier<Connection> connect) {
        this.account = account;
        this.attempts = attempts;
        this.responseWithin = responseWithin;
        this.connect = connect;
        this.eventReader = eventReader;
        this.credentials = user.equals(account.value())
                ? "hangupby.auth-token"
                : "hangupby.api-key and hangupby.api-secret, and what that key is allowed,";
    }

    /** Returns the client, which is created at the first request: its many classes would make the application start later. */
    private TwilioRestClient client() {
        synchronized (lock) {
            if (closed) {
                throw new Attempts.ClosedException();
            }
            Connection made = connection.orElseGet(connect);
            connection = Optional.of(made);
            return made.client();
        }
    }

    private record Connection(TwilioRestClient client, NoRetryHttpClient http) {
        static Connection of(
                TwilioRestClient.Builder client, AccountSid account, TwilioHosts hosts, NoRetryHttpClient http) {
            hosts.region().ifPresent(client::region);
            hosts.edge().ifPresent(client::edge);
            return new Connection(
                    client.accountSid(account.value()).httpClient(http).build(), http);
        }
    }

    @Override
    public Optional<Conference> conference(ConferenceSid sid) {
        return find(
                        "read of conference " + sid,
                        () -> com.twilio.rest.api.v2010.account.Conference.fetcher(account.value(), sid.value())
                                .fetch(client()))
                .map(found -> new Conference(
                        sid,
                        constant(found.getStatus(), Conference.Status.values()).orElse(Conference.Status.OTHER),
                        constant(found.getReasonConferenceEnded(), Conference.EndReason.values()),
                        Optional.ofNullable(found.getCallSidEndingConference()).flatMap(CallSid::parse),
                        instant(found.getDateUpdated())));
    }

    @Override
    public Optional<List<Participant>> participants(ConferenceSid sid) {
        return find("read of the participants of conference " + sid, () -> participantsOf(sid));
    }

    private List<Participant> participantsOf(ConferenceSid sid) {
        List<Participant> participants = new ArrayList<>();
        for (com.twilio.rest.api.v2010.account.conference.Participant found :
                com.twilio.rest.api.v2010.account.conference.Participant.reader(account.value(), sid.value())
                        .limit(PARTICIPANTS_READ_AT_MOST)
                        .read(client())) {
            boolean connected =
                    found.getStatus() == com.twilio.rest.api.v2010.account.conference.Participant.Status.CONNECTED;
            boolean talking = !isTrue(found.getMuted()) && !isTrue(found.getCoaching());
            Optional.ofNullable(found.getCallSid())
                    .flatMap(CallSid::parse)
                    .ifPresent(call -> participants.add(new Participant(call, connected, talking)));
        }
        return participants;
    }

    @Override
    public Optional<Call> call(CallSid sid) {
        return find(
                        "read of call " + sid,
                        () -> com.twilio.rest.api.v2010.account.Call.fetcher(account.value(), sid.value())
                                .fetch(client()))
                .map(found -> call(sid, found));
    }

    @Override
    public List<Call> children(CallSid parent) {
        return list("read of the child calls of call " + parent, () -> childrenOf(parent));
    }

    private List<Call> childrenOf(CallSid parent) {
        List<Call> children = new ArrayList<>();
        for (com.twilio.rest.api.v2010.account.Call child : com.twilio.rest.api.v2010.account.Call.reader(
                        account.value())
                .setParentCallSid(parent.value())
                .limit(CHILDREN_READ_AT_MOST)
                .read(client())) {
            Optional.ofNullable(child.getSid())
                    .flatMap(CallSid::parse)
                    .ifPresent(sid -> children.add(call(sid, child)));
        }
        return children;
    }

    private static Call call(CallSid sid, com.twilio.rest.api.v2010.account.Call found) {
        return new Call(
                sid,
                constant(found.getStatus(), Call.Status.values()).orElse(Call.Status.OTHER),
                Optional.ofNullable(found.getTo()).map(Address::new),
                instant(found.getEndTime()));
    }

    @Override
    public Optional<TaskSnapshot> task(TaskRef task) {
        String request = "read of task " + task;
        return find(
                request,
                () -> snapshot(
                        request,
                        Task.fetcher(task.workspace().value(), task.task().value())
                                .fetchWithResponse(client())));
    }

    private static TaskSnapshot snapshot(String request, TwilioResponse<Task> response) {
        Task task = response.getContent();
        String etag = etag(response).orElseThrow(() -> invalidResponse(request, "a response without an ETag"));
        if (task.getAttributes() == null) {
            throw invalidResponse(request, "a response without attributes");
        }
        boolean over = task.getAssignmentStatus() == Task.Status.COMPLETED
                || task.getAssignmentStatus() == Task.Status.CANCELED;
        return new TaskSnapshot(TaskAttributes.of(task.getAttributes()), etag, over);
    }

    private static Optional<String> etag(TwilioResponse<Task> response) {
        Task unused = Objects.requireNonNull(response.getContent());
        return response.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("ETag"))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    @Override
    public TaskUpdate updateTask(TaskRef task, TaskAttributes attributes, String etag) {
        return attempt(
                "update of task " + task,
                () -> new TaskUpdate.Applied(
                        etag(Task.updater(task.workspace().value(), task.task().value())
                                .setAttributes(attributes.text())
                                .setIfMatch(etag)
                                .updateWithResponse(client()))),
                status -> switch (status.status()) {
                    case NOT_FOUND -> Optional.of(new TaskUpdate.Gone());
                    case PRECONDITION_FAILED -> Optional.of(new TaskUpdate.ChangedMeanwhile());
                    default -> Optional.empty();
                });
    }

    @Override
    public List<TaskRouterEvent> events(TaskRef task) {
        return list("read of the events of task " + task, () -> eventsOf(task));
    }

    private List<TaskRouterEvent> eventsOf(TaskRef task) {
        ResourceSet<com.twilio.rest.taskrouter.v1.workspace.Event> rows =
                com.twilio.rest.taskrouter.v1.workspace.Event.reader(
                                task.workspace().value())
                        .setTaskSid(task.task().value())
                        .setMinutes(A_DAY_IN_MINUTES)
                        .pageSize(100)
                        .limit(EVENTS_READ_AT_MOST)
                        .read(client());
        return events(task.workspace(), rows);
    }

    @Override
    public List<ReservationEvent> reservationEndEvents(WorkspaceSid workspace, Instant since) {
        String request = "read of the wrap-ups of workspace " + workspace;
        return Stream.of(EventType.RESERVATION_WRAPUP, EventType.RESERVATION_COMPLETED)
                .flatMap(type -> attempt(
                        request,
                        responseWithin.multipliedBy(LONG_LIST),
                        () -> eventsOf(workspace, type, since),
                        status -> status.status() == NOT_FOUND ? Optional.of(List.of()) : Optional.empty())
                        .stream())
                .filter(ReservationEvent.class::isInstance)
                .map(ReservationEvent.class::cast)
                .sorted(Comparator.comparing(ReservationEvent::at))
                .toList();
    }

    private List<TaskRouterEvent> eventsOf(WorkspaceSid workspace, EventType type, Instant since) {
        ResourceSet<com.twilio.rest.taskrouter.v1.workspace.Event> rows =
                com.twilio.rest.taskrouter.v1.workspace.Event.reader(workspace.value())
                        .setEventType(type.toString())
                        .setStartDate(since.atZone(ZoneOffset.UTC))
                        .pageSize(END_EVENTS_ON_A_PAGE)
                        .limit(END_EVENTS_READ_AT_MOST)
                        .read(client());
        return events(workspace, rows);
    }

    private List<TaskRouterEvent> events(
            WorkspaceSid workspace, Iterable<com.twilio.rest.taskrouter.v1.workspace.Event> rows) {
        List<TaskRouterEvent> events = new ArrayList<>();
        for (com.twilio.rest.taskrouter.v1.workspace.Event row : rows) {
            if (eventReader.read(new RecordedEventFields(account, workspace, row))
                            instanceof EventReading.Relevant relevant
                    && relevant.event() instanceof TaskRouterEvent event) {
                events.add(event);
            }
        }
        return events;
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            attempts.close();
            connection.ifPresent(made -> made.http().close());
        }
    }

    /** Makes one attempt to read a resource. Returns an empty Optional if Twilio does not have it. */
    private <T> Optional<T> find(String request, Supplier<T> read) {
        return attempt(
                request,
                () -> Optional.of(read.get()),
                status -> status.status() == NOT_FOUND ? Optional.of(Optional.empty()) : Optional.empty());
    }

    /** Makes one attempt to read a list, which can be empty, but not absent. */
    private <T> List<T> list(String request, Supplier<List<T>> read) {
        return attempt(request, read, status -> Optional.empty());
    }

    private <T> T attempt(String request, Supplier<T> send, Function<HttpStatusException, Optional<T>> resultOfStatus) {
        return attempt(request, responseWithin, send, resultOfStatus);
    }

    private <T> T attempt(
            String request,
            Duration within,
            Supplier<T> send,
            Function<HttpStatusException, Optional<T>> resultOfStatus) {
        try {
            // Created before the time of the attempt begins, because loading its classes takes long.
            TwilioRestClient unused = client();
            return attempts.make(send, within);
        } catch (HttpStatusException status) {
            return resultOfStatus.apply(status).orElseThrow(() -> failure(request, status));
        } catch (UncheckedIOException broken) {
            String kind = Objects.requireNonNull(broken.getCause()).getClass().getSimpleName();
            throw new TwilioFailure(
                    TwilioFailure.Kind.UNREACHABLE,
                    request,
                    "no response from " + broken.getMessage() + ", " + kind,
                    Optional.empty());
        } catch (TwilioFailure understood) {
            throw understood;
        } catch (Attempts.ClosedException closed) {
            throw new TwilioFailure(
                    TwilioFailure.Kind.NOT_SENT, request, "the connections are closed", Optional.empty());
        } catch (Attempts.FullException full) {
            throw new TwilioFailure(
                    TwilioFailure.Kind.NOT_SENT,
                    request,
                    "too many requests that were given up still hang; check the name server, or the HTTP client of the application",
                    Optional.empty());
        } catch (RuntimeException unreadable) {
            // For JSON of an unexpected shape, twilio-java throws any kind of RuntimeException.
            throw invalidResponse(request, "a response that is not Twilio's");
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

    private static TwilioFailure invalidResponse(String request, String problem) {
        return new TwilioFailure(TwilioFailure.Kind.INVALID_RESPONSE, request, problem, Optional.empty());
    }

    /** Returns our constant of the same name, if any. For a value that twilio-java does not know, it has null. */
    private static <T extends Enum<T>> Optional<T> constant(@Nullable Enum<?> value, T[] constants) {
        return Arrays.stream(constants)
                .filter(constant -> value != null && constant.name().equals(value.name()))
                .findFirst();
    }

    private static boolean isTrue(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }

    private static Optional<Instant> instant(@Nullable ZonedDateTime time) {
        return Optional.ofNullable(time).map(ZonedDateTime::toInstant);
    }
}
