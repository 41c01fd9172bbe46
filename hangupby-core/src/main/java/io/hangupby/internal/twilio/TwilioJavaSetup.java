package io.hangupby.internal.twilio;

import com.twilio.base.Resource;
import com.twilio.base.ResourceSet;
import com.twilio.base.ResourceSetResponse;
import com.twilio.rest.api.v2010.Account;
import com.twilio.rest.events.v1.EventType;
import com.twilio.rest.events.v1.Schema;
import com.twilio.rest.events.v1.subscription.SubscribedEvent;
import com.twilio.rest.insights.v1.Setting;
import com.twilio.rest.taskrouter.v1.workspace.Event;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import io.hangupby.call.AccountSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.attributes.TaskAttributes;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads an account's set-up through twilio-java. Thread-safe. */
final class TwilioJavaSetup implements SetupGateway {
    private static final int WORKSPACES_AT_MOST = 50;
    private static final int SINKS_AT_MOST = 50;
    private static final int SUBSCRIPTIONS_AT_MOST = 100;
    private static final int TYPES_AT_MOST = 1000;
    private static final int COMPLETED_AT_MOST = 50;
    private static final int WRAP_UPS_AT_MOST = 200;
    /** Twice as long as another request: a page can hold a hundred tasks' attributes. */
    private static final int LONG_LIST = 2;

    private static final int A_MONTH_IN_MINUTES = (int) Duration.ofDays(30).toMinutes();

    private final AccountSid account;
    private final TwilioRequests requests;
    private final TwilioClock clock;

    TwilioJavaSetup(AccountSid account, TwilioRequests requests, TwilioClock clock) {
        this.account = account;
        this.requests = requests;
        this.clock = clock;
    }

    @Override
    public boolean hasAccount() {
        return requests.find(
                        "read of account " + account,
                        client -> Account.fetcher(account.value()).fetch(client))
                .isPresent();
    }

    @Override
    public Optional<Workspace> workspace(WorkspaceSid sid) {
        return requests.find(
                        "read of workspace " + sid,
                        client -> com.twilio.rest.taskrouter.v1.Workspace.fetcher(sid.value())
                                .fetch(client))
                .map(TwilioJavaSetup::workspace);
    }

    @Override
    public List<Workspace> workspaces() {
        return requests.list(
                "read of the workspaces of account " + account,
                client -> stream(com.twilio.rest.taskrouter.v1.Workspace.reader()
                                .limit(WORKSPACES_AT_MOST)
                                .read(client))
                        .map(TwilioJavaSetup::workspace)
                        .toList());
    }

    private static Workspace workspace(com.twilio.rest.taskrouter.v1.Workspace found) {
        return new Workspace(
                text(found.getSid()),
                text(found.getAccountSid()),
                text(found.getFriendlyName()),
                Optional.ofNullable(found.getEventCallbackUrl())
                        .map(URI::toString)
                        .filter(url -> !url.isBlank()),
                names(text(found.getEventsFilter())));
    }

    private static List<String> names(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    @Override
    public List<Sink> webhookSinks() {
        return requests.list(
                "read of the sinks of account " + account,
                client -> stream(com.twilio.rest.events.v1.Sink.reader()
                                .limit(SINKS_AT_MOST)
                                .read(client))
                        .filter(sink -> sink.getSinkType() == com.twilio.rest.events.v1.Sink.SinkType.WEBHOOK)
                        .map(TwilioJavaSetup::sink)
                        .toList());
    }

    private static Sink sink(com.twilio.rest.events.v1.Sink found) {
        Map<?, ?> configuration = found.getSinkConfiguration() instanceof Map<?, ?> map ? map : Map.of();
        return new Sink(
                text(found.getSid()),
                text(configuration.get("destination")),
                text(configuration.get("method")).toUpperCase(Locale.ROOT),
                !"false".equalsIgnoreCase(text(configuration.get("batch_events"))),
                text(found.getStatus()).toLowerCase(Locale.ROOT));
    }

    @Override
    public List<Subscription> subscriptions(String sinkSid) {
        return requests
                .list(
                        "read of the subscriptions of account " + account,
                        client -> stream(com.twilio.rest.events.v1.Subscription.reader()
                                        .setSinkSid(sinkSid)
                                        .limit(SUBSCRIPTIONS_AT_MOST)
                                        .read(client))
                                .map(found -> text(found.getSid()))
                                .toList())
                .stream()
                .map(sid -> new Subscription(sid, types(sid)))
                .toList();
    }

    private Map<String, Integer> types(String subscription) {
        Map<String, Integer> types = new HashMap<>();
        requests.list(
                        "read of the events of subscription " + subscription,
                        client -> stream(SubscribedEvent.reader(subscription)
                                        .limit(TYPES_AT_MOST)
                                        .read(client))
                                .toList())
                .forEach(event ->
                        types.put(text(event.getType()), Objects.requireNonNullElse(event.getSchemaVersion(), 1)));
        return types;
    }

    @Override
    public Map<String, String> eventTypes() {
        Map<String, String> schemas = new HashMap<>();
        requests.longList(
                        "read of the types of Event Streams",
                        LONG_LIST,
                        client -> stream(EventType.reader()
                                        .pageSize(TYPES_AT_MOST)
                                        .limit(TYPES_AT_MOST)
                                        .read(client))
                                .toList())
                .forEach(type -> schemas.put(text(type.getType()), text(type.getSchemaId())));
        return schemas;
    }

    @Override
    public Optional<Integer> latestVersion(String schemaId) {
        return requests.find(
                        "read of schema " + schemaId,
                        client -> Schema.fetcher(schemaId).fetch(client))
                .flatMap(schema -> Optional.ofNullable(schema.getLatestVersion()));
    }

    @Override
    public boolean hasAdvancedFeatures() {
        return requests
                .find(
                        "read of the settings of Voice Insights",
                        client -> Setting.fetcher().fetch(client))
                .stream()
                .anyMatch(setting -> Boolean.TRUE.equals(setting.getAdvancedFeatures()));
    }

    @Override
    public Optional<String> taskRateLimit(WorkspaceSid workspace) {
        return requests.find("read of the tasks of workspace " + workspace, client -> {
                    ResourceSetResponse<Task> tasks =
                            Task.reader(workspace.value()).pageSize(1).limit(1).readWithResponse(client);
                    return limit(tasks.getHeaders());
                })
                .flatMap(limit -> limit);
    }

    private static Optional<String> limit(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("X-Rate-Limit-Limit"))
                .map(Map.Entry::getValue)
                .filter(value -> value.matches("[0-9]{1,9}"))
                .findFirst();
    }

    @Override
    public List<CompletedReservation> completedReservations(WorkspaceSid workspace) {
        return events(workspace, "reservation.completed", COMPLETED_AT_MOST).stream()
                .map(fields -> completed(fields))
                .toList();
    }

    private static CompletedReservation completed(RecordedEventFields event) {
        TaskAttributes attributes =
                TaskAttributes.of(event.text("TaskAttributes").orElse(""));
        return new CompletedReservation(
                event.text("ReservationSid").orElse(""),
                event.text("TaskChannelUniqueName").orElse(""),
                at(event),
                attributes.string("conversations", "hang_up_by"),
                attributes.string("hangupby", "agent_hangup", "reservation").isPresent(),
                attributes.string("conference", "sid").isPresent());
    }

    @Override
    public Map<String, Instant> wrapUps(WorkspaceSid workspace) {
        Map<String, Instant> wrapUps = new HashMap<>();
        events(workspace, "reservation.wrapup", WRAP_UPS_AT_MOST)
                .forEach(event -> wrapUps.put(event.text("ReservationSid").orElse(""), at(event)));
        return wrapUps;
    }

    private static Instant at(RecordedEventFields event) {
        return event.text("TimestampMs")
                .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)))
                .orElse(Instant.EPOCH);
    }

    private List<RecordedEventFields> events(WorkspaceSid workspace, String type, int atMost) {
        return requests.longList(
                "read of the events of workspace " + workspace,
                LONG_LIST,
                client -> stream(Event.reader(workspace.value())
                                .setEventType(type)
                                .setMinutes(A_MONTH_IN_MINUTES)
                                .pageSize(atMost)
                                .limit(atMost)
                                .read(client))
                        .map(row -> new RecordedEventFields(account, workspace, row))
                        .toList());
    }

    @Override
    public Duration clockSkew() {
        return clock.skew();
    }

    private static <T extends Resource> Stream<T> stream(ResourceSet<T> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
