package io.hangupby.internal.twilio;

import com.twilio.base.Resource;
import com.twilio.base.ResourceSet;
import com.twilio.base.TwilioResponse;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.taskrouter.v1.workspace.Event;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import io.hangupby.call.AccountSid;
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
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests to one account's Twilio API through twilio-java, one HTTP attempt a call. An attempt fails after two seconds
 * without a connection, and after five seconds in all. Interrupting its thread ends it at once. Thread-safe.
 */
public final class TwilioJavaGateway implements TwilioGateway {
    /** The time for an attempt as a whole: the connection, the headers, and the body to its end. */
    private static final Duration RESPONSE_WITHIN = Duration.ofSeconds(5);
    /** A list of many pages takes this many times as long. */
    private static final int LONG_LIST = 4;

    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;

    /** More than a conference can have. */
    private static final int PARTICIPANTS_READ_AT_MOST = 500;

    private static final int EVENTS_READ_AT_MOST = 500;
    private static final int END_EVENTS_READ_AT_MOST = 5000;
    /** An event can hold the attributes of its task and its worker, and a page has to fit into the limit of a response. */
    private static final int END_EVENTS_ON_A_PAGE = 300;

    private static final int CHILDREN_READ_AT_MOST = 20;
    private static final int A_DAY_IN_MINUTES = (int) Duration.ofDays(1).toMinutes();

    private final AccountSid account;
    private final TwilioRequests requests;
    private final EventReader eventReader;

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
            return TwilioConnection.Opened.of(new TwilioRestClient.Builder(user, password), account, hosts, http);
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
            return TwilioConnection.Opened.of(
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
            Supplier<TwilioConnection.Opened> open) {
        this.account = account;
        this.requests = new TwilioRequests(account, user, new TwilioConnection(open), attempts, responseWithin);
        this.eventReader = eventReader;
    }

    /**
     * Returns the reads of this account's set-up, through the same connections.
     *
     * @param learning the clock that this gateway was given
     */
    public SetupGateway setup(TwilioClock learning) {
        return new TwilioJavaSetup(account, requests, learning);
    }

    @Override
    public Optional<Conference> conference(ConferenceSid sid) {
        return requests.find(
                        "read of conference " + sid,
                        client -> com.twilio.rest.api.v2010.account.Conference.fetcher(account.value(), sid.value())
                                .fetch(client))
                .map(found -> TwilioResources.conference(sid, found));
    }

    @Override
    public Optional<List<Participant>> participants(ConferenceSid sid) {
        return requests.find(
                "read of the participants of conference " + sid,
                client -> stream(com.twilio.rest.api.v2010.account.conference.Participant.reader(
                                        account.value(), sid.value())
                                .limit(PARTICIPANTS_READ_AT_MOST)
                                .read(client))
                        .flatMap(found -> TwilioResources.participant(found).stream())
                        .toList());
    }

    @Override
    public Optional<Call> call(CallSid sid) {
        return requests.find(
                        "read of call " + sid,
                        client -> com.twilio.rest.api.v2010.account.Call.fetcher(account.value(), sid.value())
                                .fetch(client))
                .map(found -> TwilioResources.call(sid, found));
    }

    @Override
    public List<Call> children(CallSid parent) {
        return requests.list(
                "read of the child calls of call " + parent,
                client -> stream(com.twilio.rest.api.v2010.account.Call.reader(account.value())
                                .setParentCallSid(parent.value())
                                .limit(CHILDREN_READ_AT_MOST)
                                .read(client))
                        .flatMap(found -> TwilioResources.call(found).stream())
                        .toList());
    }

    @Override
    public Optional<TaskSnapshot> task(TaskRef task) {
        return requests.find(
                "read of task " + task,
                client -> TwilioResources.task(
                        Task.fetcher(task.workspace().value(), task.task().value())
                                .fetchWithResponse(client)));
    }

    @Override
    public TaskUpdate updateTask(TaskRef task, TaskAttributes attributes, String etag) {
        return requests.send(
                "update of task " + task,
                client -> {
                    TwilioResponse<Task> response = Task.updater(
                                    task.workspace().value(), task.task().value())
                            .setAttributes(attributes.text())
                            .setIfMatch(etag)
                            .updateWithResponse(client);
                    Objects.requireNonNull(response.getContent());
                    return new TaskUpdate.Applied(TwilioResources.etag(response), RateLimit.of(response.getHeaders()));
                },
                status -> switch (status) {
                    case NOT_FOUND -> Optional.of(new TaskUpdate.Gone());
                    case PRECONDITION_FAILED -> Optional.of(new TaskUpdate.ChangedMeanwhile());
                    default -> Optional.empty();
                });
    }

    @Override
    public RecordedEvents events(TaskRef task) {
        List<TaskRouterEvent> recorded = requests.list(
                "read of the events of task " + task,
                client -> relevant(
                        task.workspace(),
                        Event.reader(task.workspace().value())
                                .setTaskSid(task.task().value())
                                .setMinutes(A_DAY_IN_MINUTES)
                                .pageSize(100)
                                .limit(EVENTS_READ_AT_MOST)
                                .read(client)));
        return RecordedEvents.of(recorded);
    }

    @Override
    public List<ReservationEvent> reservationEndEvents(WorkspaceSid workspace, Instant since) {
        return Stream.of(EventType.RESERVATION_WRAPUP, EventType.RESERVATION_COMPLETED)
                .flatMap(type -> events(workspace, type, since).stream())
                .filter(ReservationEvent.class::isInstance)
                .map(ReservationEvent.class::cast)
                .sorted(Comparator.comparing(ReservationEvent::at))
                .toList();
    }

    private List<TaskRouterEvent> events(WorkspaceSid workspace, EventType type, Instant since) {
        return requests.longList(
                "read of the wrap-ups of workspace " + workspace,
                LONG_LIST,
                client -> relevant(
                        workspace,
                        Event.reader(workspace.value())
                                .setEventType(type.toString())
                                .setStartDate(since.atZone(ZoneOffset.UTC))
                                .pageSize(END_EVENTS_ON_A_PAGE)
                                .limit(END_EVENTS_READ_AT_MOST)
                                .read(client)));
    }

    private List<TaskRouterEvent> relevant(WorkspaceSid workspace, ResourceSet<Event> rows) {
        List<TaskRouterEvent> events = new ArrayList<>();
        for (Event row : rows) {
            if (eventReader.read(new RecordedEventFields(account, workspace, row))
                            instanceof EventReading.Relevant relevant
                    && relevant.event() instanceof TaskRouterEvent event) {
                events.add(event);
            }
        }
        return events;
    }

    private static <T extends Resource> Stream<T> stream(ResourceSet<T> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    @Override
    public void close() {
        requests.close();
    }
}
