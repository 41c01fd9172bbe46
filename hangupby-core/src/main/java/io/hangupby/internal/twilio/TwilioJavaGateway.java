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
 * Asks one account's Twilio API through twilio-java, one HTTP attempt per call. An attempt is given up after five seconds, whatever
 * came of it until then, and after two without a connection; interrupting its thread gives it up at once. Thread-safe.
 */
public final class TwilioJavaGateway implements TwilioGateway {
    /** An attempt as a whole: the connection, the headers, the body to its end. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    /** So many times as long for a list that can have many pages. */
    private static final int LONG_LIST = 4;

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    private static final int TOO_MANY_REQUESTS = 429;

    /** More than a conference of Twilio's can have. */
    private static final int PARTICIPANTS_READ_AT_MOST = 500;

    private static final int EVENTS_READ_AT_MOST = 500;
    private static final int ENDINGS_READ_AT_MOST = 5000;
    /** Each can have its task's and its worker's attributes, and a page has to fit into the room for a response. */
    private static final int ENDINGS_ON_A_PAGE = 300;

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
    private final Duration answerWithin;

    /**
     * @param account whose API is asked
     * @param user the account's SID, or an API key's
     * @param password the account's auth token, or the API key's secret
     * @param connections how many requests can be under way at once
     * @param hosts which hosts are asked
     * @param eventReader makes events of what TaskRouter recorded
     * @param clock learns what time it is at Twilio
     */
    public TwilioJavaGateway(
            AccountSid account,
            String user,
            String password,
            int connections,
            TwilioHosts hosts,
            EventReader eventReader,
            TwilioClock clock) {
        this(account, user, password, connections, hosts, eventReader, clock, ANSWER_WITHIN);
    }

    TwilioJavaGateway(
            AccountSid account,
            String user,
            String password,
            int connections,
            TwilioHosts hosts,
            EventReader eventReader,
            TwilioClock clock,
            Duration answerWithin) {
        this(account, user, new Attempts(connections, false), eventReader, answerWithin, () -> {
            NoRetryHttpClient http = new ApacheNoRetryHttpClient(connections, hosts, clock, Timeout.of(answerWithin));
            return Connection.of(new TwilioRestClient.Builder(user, password), account, hosts, http);
        });
    }

    /**
     * Sends requests through an application's own client: through its HTTP client, to its region and edge. It is not asked to try
     * again by itself, nor closed. Credentials and account stay ours.
     *
     * @param account whose API is asked
     * @param user the account's SID, or an API key's
     * @param password the account's auth token, or the API key's secret
     * @param theirs the application's client
     * @param connections how many requests can be under way at once
     * @param hosts which hosts are asked; their region and edge where it names none
     * @param eventReader makes events of what TaskRouter recorded
     * @param clock learns what time it is at Twilio
     */
    public TwilioJavaGateway(
            AccountSid account,
            String user,
            String password,
            TwilioRestClient theirs,
            int connections,
            TwilioHosts hosts,
            EventReader eventReader,
            TwilioClock clock) {
        this(account, user, password, theirs, connections, hosts, eventReader, clock, ANSWER_WITHIN);
    }

    TwilioJavaGateway(
            AccountSid account,
            String user,
            String password,
            TwilioRestClient theirs,
            int connections,
            TwilioHosts hosts,
            EventReader eventReader,
            TwilioClock clock,
            Duration answerWithin) {
        this(account, user, new Attempts(connections, true), eventReader, answerWithin, () -> {
            TwilioHosts resolved = new TwilioHosts(
                    hosts.region().or(() -> Optional.ofNullable(theirs.getRegion())),
                    hosts.edge().or(() -> Optional.ofNullable(theirs.getEdge())),
                    hosts.baseUrl());
            return Connection.of(
                    new TwilioRestClient.Builder(user, password).userAgentExtensions(theirs.getUserAgentExtensions()),
                    account,
                    resolved,
                    new DelegatingHttpClient(theirs.getHttpClient(), hosts, clock));
        });
    }

    private TwilioJavaGateway(
            AccountSid account,
            String user,
            Attempts attempts,
            EventReader eventReader,
            Duration answerWithin,
            Supplier<Connection> connect) {
        this.account = account;
        this.attempts = attempts;
        this.answerWithin = answerWithin;
        this.connect = connect;
        this.eventReader = eventReader;
        this.credentials = user.equals(account.value())
                ? "hangupby.auth-token"
                : "hangupby.api-key and hangupby.api-secret, and what that key is allowed,";
    }

    /** Made when it is first asked for something: its classes are many, and no application is to start later for them. */
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
        String etag = response.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("ETag"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> garbled(request, "an answer without an ETag"));
        if (task.getAttributes() == null) {
            throw garbled(request, "an answer without attributes");
        }
        boolean over = task.getAssignmentStatus() == Task.Status.COMPLETED
                || task.getAssignmentStatus() == Task.Status.CANCELED;
        return new TaskSnapshot(TaskAttributes.of(task.getAttributes()), etag, over);
    }

    @Override
    public TaskUpdate updateTask(TaskRef task, TaskAttributes attributes, String etag) {
        return attempt(
                "update of task " + task,
                () -> {
                    Objects.requireNonNull(
                            Task.updater(task.workspace().value(), task.task().value())
                                    .setAttributes(attributes.text())
                                    .setIfMatch(etag)
                                    .update(client()));
                    return TaskUpdate.APPLIED;
                },
                refused -> switch (refused.status()) {
                    case NOT_FOUND -> Optional.of(TaskUpdate.GONE);
                    case PRECONDITION_FAILED -> Optional.of(TaskUpdate.CHANGED_MEANWHILE);
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
                        answerWithin.multipliedBy(LONG_LIST),
                        () -> eventsOf(workspace, type, since),
                        refused -> refused.status() == NOT_FOUND ? Optional.of(List.of()) : Optional.empty())
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
                        .pageSize(ENDINGS_ON_A_PAGE)
                        .limit(ENDINGS_READ_AT_MOST)
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

    /** One attempt to read something; what Twilio does not have is an answer too. */
    private <T> Optional<T> find(String request, Supplier<T> read) {
        return attempt(
                request,
                () -> Optional.of(read.get()),
                refused -> refused.status() == NOT_FOUND ? Optional.of(Optional.empty()) : Optional.empty());
    }

    /** One attempt to read a list, which can be empty, but not absent. */
    private <T> List<T> list(String request, Supplier<List<T>> read) {
        return attempt(request, read, refused -> Optional.empty());
    }

    private <T> T attempt(
            String request, Supplier<T> send, Function<HttpStatusException, Optional<T>> statusIsAnAnswer) {
        return attempt(request, answerWithin, send, statusIsAnAnswer);
    }

    private <T> T attempt(
            String request,
            Duration within,
            Supplier<T> send,
            Function<HttpStatusException, Optional<T>> statusIsAnAnswer) {
        try {
            // Made here if need be: loading its classes takes time that is not Twilio's.
            TwilioRestClient unused = client();
            return attempts.make(send, within);
        } catch (HttpStatusException status) {
            return statusIsAnAnswer.apply(status).orElseThrow(() -> failure(request, status));
        } catch (UncheckedIOException broken) {
            String kind = Objects.requireNonNull(broken.getCause()).getClass().getSimpleName();
            throw new TwilioFailure(
                    TwilioFailure.Kind.UNREACHABLE,
                    request,
                    "no answer from " + broken.getMessage() + ", " + kind,
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
                    "too many requests that were given up still hang; see to the name server, or to the HTTP client that was given",
                    Optional.empty());
        } catch (RuntimeException unreadable) {
            // Where an answer is JSON, but not of the shape it expects, twilio-java throws whatever it stumbles over.
            throw garbled(request, "an answer that is not Twilio's");
        }
    }

    private TwilioFailure failure(String request, HttpStatusException status) {
        String problem = status.problem();
        TwilioFailure.Kind kind = TwilioFailure.Kind.BAD_REQUEST;
        if (status.status() < 400) {
            kind = TwilioFailure.Kind.INVALID_RESPONSE;
            problem += ", which is no response of Twilio's";
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

    private static TwilioFailure garbled(String request, String problem) {
        return new TwilioFailure(TwilioFailure.Kind.INVALID_RESPONSE, request, problem, Optional.empty());
    }

    /** twilio-java reads a value that it does not know as null; one that only we do not know is no failure either. */
    private static <T extends Enum<T>> Optional<T> constant(@Nullable Enum<?> twilios, T[] ours) {
        return Arrays.stream(ours)
                .filter(constant -> twilios != null && constant.name().equals(twilios.name()))
                .findFirst();
    }

    private static boolean isTrue(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }

    private static Optional<Instant> instant(@Nullable ZonedDateTime time) {
        return Optional.ofNullable(time).map(ZonedDateTime::toInstant);
    }
}
