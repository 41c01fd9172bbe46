package io.hangupby.simulator.rest;

import io.hangupby.simulator.account.SimulatedSetup;
import io.hangupby.simulator.account.TaskWrite;
import io.hangupby.simulator.events.WorkspaceEvent;
import io.hangupby.simulator.internal.account.AccountState;
import io.hangupby.simulator.internal.account.PhoneCall;
import io.hangupby.simulator.internal.account.SimulatedConference;
import io.hangupby.simulator.internal.account.SimulatedWorkspace;
import io.hangupby.simulator.internal.account.TaskState;
import io.hangupby.simulator.internal.text.InPlaceJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Serves API requests from the state of the account, independently of an HTTP server. Thread-safe. */
final class RestApi {

    private static final int MAX_ATTRIBUTES = 4096;
    private static final String DEFAULT_MINUTES = "15";

    private final AccountState account;
    private final SimulatedWorkspace workspace;
    private final ResourceJson resources;
    private final ApiCounters counters;
    private final SetupApi setup;
    private final UpdateWindow updates;

    RestApi(AccountState account, SimulatedWorkspace workspace, SimulatedSetup setup, ApiCounters counters) {
        this.account = account;
        this.workspace = workspace;
        this.resources = new ResourceJson(workspace);
        this.counters = counters;
        this.setup = new SetupApi(workspace, setup);
        this.updates = new UpdateWindow(setup::taskRateLimit);
    }

    /** Returns the present time of the account, for the {@code Date} of a response. */
    Instant now() {
        return account.now();
    }

    /** Returns the task that a request is about, if its path or its filters name something that belongs to a task. */
    Optional<String> taskOf(ApiRoute.Match match, ApiRequest request) {
        return Stream.concat(
                        match.sids().stream(),
                        Stream.of("TaskSid", "FriendlyName", "ParentCallSid", "ReservationSid")
                                .map(request::filter)
                                .flatMap(Optional::stream))
                .map(account::ownerOf)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Lets another writer edit the task right before a request about it, if a test asks for that. */
    void beforeRequest(String taskSid) {
        account.change(moment -> moment.task(taskSid)
                .filter(task -> task.editedBeforeCall(moment.at()))
                .ifPresent(task -> moment.emitTaskEvent("task.updated", task)));
    }

    ApiResponse respond(ApiRoute.Match match, ApiRequest request) {
        if (match.route() == ApiRoute.SETUP) {
            return setup.respond(request);
        }
        if (match.route() == ApiRoute.UNKNOWN || !isOurs(match.owner())) {
            return ApiResponse.notFound(request.path());
        }
        return account.inOneMoment(moment -> respond(match, request, moment))
                .orElseGet(() -> ApiResponse.notFound(request.path()));
    }

    private boolean isOurs(String owner) {
        return owner.equals(workspace.accountSid()) || owner.equals(workspace.workspaceSid());
    }

    private Optional<ApiResponse> respond(ApiRoute.Match match, ApiRequest request, AccountState.Moment moment) {
        return switch (match.route()) {
            case CONFERENCE -> conference(match, moment);
            case CONFERENCES -> Optional.of(conferences(request, moment));
            case PARTICIPANTS -> participants(match, request, moment);
            case PARTICIPANT -> participant(match, moment);
            case CALL -> call(match, moment);
            case CALLS -> Optional.of(calls(request, moment));
            case TASK_READ -> readTask(match, moment);
            case TASK_WRITE -> writeTask(match, request, moment);
            case RESERVATIONS -> reservations(match, request, moment);
            case RESERVATION -> reservation(match, moment);
            case EVENTS -> Optional.of(events(request, moment));
            case EVENT -> event(match, moment);
            case SETUP, UNKNOWN -> Optional.empty();
        };
    }

    // ---- api.twilio.com

    private Optional<ApiResponse> conference(ApiRoute.Match match, AccountState.Moment moment) {
        return moment.conference(match.sid())
                .map(conference -> resources.conference(conference.read(moment.at())))
                .map(ApiResponse::ok);
    }

    private ApiResponse conferences(ApiRequest request, AccountState.Moment moment) {
        List<SimulatedConference.View> found = moment.conferences().stream()
                .filter(conference -> request.includes("FriendlyName", conference.friendlyName()))
                .map(conference -> conference.read(moment.at()))
                .filter(conference -> request.includes("Status", conference.status()))
                .toList();
        return ApiResponse.ok(ListPage.api(request, "conferences", newestFirst(found), resources::conference));
    }

    private Optional<ApiResponse> participants(ApiRoute.Match match, ApiRequest request, AccountState.Moment moment) {
        return moment.conference(match.sid())
                .map(conference -> conference.read(moment.at()))
                .map(conference -> ApiResponse.ok(ListPage.api(
                        request,
                        "participants",
                        conference.legs().stream()
                                .filter(leg -> request.includes("Hold", Boolean.toString(leg.hold())))
                                .filter(leg -> request.includes("Muted", Boolean.toString(leg.muted())))
                                .filter(leg -> request.includes(
                                        "Coaching",
                                        Boolean.toString(leg.coached().isPresent())))
                                .toList(),
                        leg -> resources.participant(conference, leg))));
    }

    private Optional<ApiResponse> participant(ApiRoute.Match match, AccountState.Moment moment) {
        return moment.conference(match.sid())
                .map(conference -> conference.read(moment.at()))
                .flatMap(conference -> conference.legs().stream()
                        .filter(leg -> leg.callSid().equals(match.child())
                                || leg.label().equals(Optional.of(match.child())))
                        .findFirst()
                        .map(leg -> ApiResponse.ok(resources.participant(conference, leg))));
    }

    private Optional<ApiResponse> call(ApiRoute.Match match, AccountState.Moment moment) {
        return moment.call(match.sid())
                .map(call -> resources.call(call.read(moment.at())))
                .map(ApiResponse::ok);
    }

    private ApiResponse calls(ApiRequest request, AccountState.Moment moment) {
        List<PhoneCall.View> found = moment.calls().stream()
                .map(call -> call.read(moment.at()))
                .filter(call ->
                        request.includes("ParentCallSid", call.parentCallSid().orElse("")))
                .filter(call -> request.includes("Status", call.status().wire()))
                .filter(call -> request.includes("To", call.to()) && request.includes("From", call.from()))
                .toList();
        return ApiResponse.ok(ListPage.api(request, "calls", newestFirst(found), resources::call));
    }

    // ---- taskrouter.twilio.com

    private Optional<ApiResponse> readTask(ApiRoute.Match match, AccountState.Moment moment) {
        return moment.task(match.sid()).map(task -> {
            ApiResponse response = taskResponse(task, moment.at());
            if (task.editedAfterRead(moment.at())) {
                moment.emitTaskEvent("task.updated", task);
            }
            return response;
        });
    }

    private Optional<ApiResponse> writeTask(ApiRoute.Match match, ApiRequest request, AccountState.Moment moment) {
        return moment.task(match.sid()).map(task -> {
            String before = task.attributes();
            ApiResponse response = updates.limit(moment.at(), () -> write(task, request, moment));
            counters.wrote(response.status());
            task.remember(new TaskWrite(moment.at(), response.status(), request.ifMatch(), before, task.attributes()));
            return response;
        });
    }

    private ApiResponse write(TaskState task, ApiRequest request, AccountState.Moment moment) {
        if (request.ifMatch().filter(version -> !matches(version, task)).isPresent()) {
            return ApiResponse.changedMeanwhile();
        }
        if (request.form().containsKey("AssignmentStatus")) {
            return ApiResponse.error(400, 20001, "Only the steps of a simulated call change the status of a task");
        }
        Optional<String> attributes = Optional.ofNullable(request.form().get("Attributes"));
        if (attributes.filter(text -> !InPlaceJson.isValid(text)).isPresent()) {
            return ApiResponse.error(400, 20001, "Attributes JSON is not valid");
        }
        if (attributes.filter(text -> text.length() > MAX_ATTRIBUTES).isPresent()) {
            return ApiResponse.error(400, 20001, "Attributes are longer than " + MAX_ATTRIBUTES + " characters");
        }
        Optional.ofNullable(request.form().get("Reason")).ifPresent(task::reason);
        Optional.ofNullable(request.form().get("Priority"))
                .map(Integer::parseInt)
                .ifPresent(task::priority);
        task.write(attributes.orElse(task.attributes()), moment.at());
        moment.emitTaskEvent("task.updated", task);
        return taskResponse(task, moment.at());
    }

    private static boolean matches(String ifMatch, TaskState task) {
        String version = ifMatch.replace("W/", "").replace("\"", "");
        return version.equals("*") || version.equals(Integer.toString(task.version()));
    }

    private ApiResponse taskResponse(TaskState task, Instant now) {
        return ApiResponse.ok(resources.task(task, now), Map.of("ETag", "\"" + task.version() + "\""));
    }

    private Optional<ApiResponse> reservations(ApiRoute.Match match, ApiRequest request, AccountState.Moment moment) {
        return moment.task(match.sid())
                .map(task -> ApiResponse.ok(ListPage.v1(
                        request,
                        "reservations",
                        task.reservations().stream()
                                .filter(r -> request.includes(
                                        "ReservationStatus", r.status().wire()))
                                .filter(r ->
                                        request.includes("WorkerSid", r.agent().workerSid()))
                                .toList(),
                        reservation -> resources.reservation(task, reservation))));
    }

    private Optional<ApiResponse> reservation(ApiRoute.Match match, AccountState.Moment moment) {
        return moment.task(match.sid())
                .flatMap(task -> task.reservation(match.child())
                        .map(reservation -> ApiResponse.ok(resources.reservation(task, reservation))));
    }

    private ApiResponse events(ApiRequest request, AccountState.Moment moment) {
        Instant from =
                request.filter("StartDate").map(RestApi::date).orElseGet(() -> minutesBefore(request, moment.at()));
        Instant to = request.filter("EndDate").map(RestApi::date).orElse(Instant.MAX);
        List<WorkspaceEvent> found = moment.log().stream()
                .filter(event -> !event.at().isBefore(from) && !event.at().isAfter(to))
                .filter(event -> request.includes("TaskSid", event.taskSid()))
                .filter(event -> request.includes("EventType", event.type()))
                .filter(event -> request.includes("ReservationSid", event.param("ReservationSid")))
                .filter(event -> request.includes("WorkerSid", event.param("WorkerSid")))
                .filter(event -> request.includes("Sid", event.sid()))
                .toList();
        return ApiResponse.ok(ListPage.v1(request, "events", newestFirst(found), resources::event));
    }

    /** Parses a date in UTC, which twilio-java writes without a zone. */
    private static Instant date(String text) {
        return Instant.parse(text.endsWith("Z") ? text : text + "Z");
    }

    private static Instant minutesBefore(ApiRequest request, Instant now) {
        return now.minus(
                Duration.ofMinutes(Long.parseLong(request.filter("Minutes").orElse(DEFAULT_MINUTES))));
    }

    private Optional<ApiResponse> event(ApiRoute.Match match, AccountState.Moment moment) {
        return moment.log().stream()
                .filter(event -> event.sid().equals(match.sid()))
                .findFirst()
                .map(event -> ApiResponse.ok(resources.event(event)));
    }

    private static <T> List<T> newestFirst(List<T> oldestFirst) {
        List<T> reversed = new ArrayList<>(oldestFirst);
        Collections.reverse(reversed);
        return reversed;
    }
}
