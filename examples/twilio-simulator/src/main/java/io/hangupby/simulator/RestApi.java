package io.hangupby.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers API calls from the world. Knows no HTTP server. */
final class RestApi {

    private static final int MAX_ATTRIBUTES = 4096;
    private static final String DEFAULT_MINUTES = "15";

    private final World world;
    private final Workplace workplace;
    private final Resources resources;
    private final ApiCounters counters;

    RestApi(World world, Workplace workplace, ApiCounters counters) {
        this.world = world;
        this.workplace = workplace;
        this.resources = new Resources(workplace);
        this.counters = counters;
    }

    /** The task that a call is about, as far as its path or its filters name something that belongs to one. */
    Optional<String> taskOf(Route.Match match, ApiRequest request) {
        return Stream.concat(
                        match.sids().stream(),
                        Stream.of("TaskSid", "FriendlyName", "ParentCallSid", "ReservationSid")
                                .map(request::filter)
                                .flatMap(Optional::stream))
                .map(world::ownerOf)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Lets those have their turn who do something right before a call that is about this task. */
    void isAboutToBeAsked(String taskSid) {
        world.step(moment -> moment.task(taskSid)
                .filter(task -> task.interferedBeforeCall(moment.at()))
                .ifPresent(task -> moment.tellTask("task.updated", task)));
    }

    ApiReply answer(Route.Match match, ApiRequest request) {
        if (match.route() == Route.UNKNOWN || !isOurs(match.owner())) {
            return ApiReply.notFound(request.path());
        }
        return world.stepAndGet(moment -> answer(match, request, moment))
                .orElseGet(() -> ApiReply.notFound(request.path()));
    }

    private boolean isOurs(String owner) {
        return owner.equals(workplace.accountSid()) || owner.equals(workplace.workspaceSid());
    }

    private Optional<ApiReply> answer(Route.Match match, ApiRequest request, World.Moment moment) {
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
            case UNKNOWN -> Optional.empty();
        };
    }

    // ---- api.twilio.com

    private Optional<ApiReply> conference(Route.Match match, World.Moment moment) {
        return moment.room(match.sid())
                .map(room -> resources.conference(room.read(moment.at())))
                .map(ApiReply::ok);
    }

    private ApiReply conferences(ApiRequest request, World.Moment moment) {
        List<Room.View> found = moment.rooms().stream()
                .filter(room -> request.wants("FriendlyName", room.friendlyName()))
                .map(room -> room.read(moment.at()))
                .filter(room -> request.wants("Status", room.status()))
                .toList();
        return ApiReply.ok(Pages.api(request, "conferences", newestFirst(found), resources::conference));
    }

    private Optional<ApiReply> participants(Route.Match match, ApiRequest request, World.Moment moment) {
        return moment.room(match.sid())
                .map(room -> room.read(moment.at()))
                .map(room -> ApiReply.ok(Pages.api(
                        request,
                        "participants",
                        room.legs().stream()
                                .filter(leg -> request.wants("Hold", Boolean.toString(leg.hold())))
                                .filter(leg -> request.wants("Muted", Boolean.toString(leg.muted())))
                                .filter(leg -> request.wants(
                                        "Coaching",
                                        Boolean.toString(leg.coached().isPresent())))
                                .toList(),
                        leg -> resources.participant(room, leg))));
    }

    private Optional<ApiReply> participant(Route.Match match, World.Moment moment) {
        return moment.room(match.sid())
                .map(room -> room.read(moment.at()))
                .flatMap(room -> room.legs().stream()
                        .filter(leg -> leg.callSid().equals(match.child())
                                || leg.label().equals(Optional.of(match.child())))
                        .findFirst()
                        .map(leg -> ApiReply.ok(resources.participant(room, leg))));
    }

    private Optional<ApiReply> call(Route.Match match, World.Moment moment) {
        return moment.call(match.sid())
                .map(call -> resources.call(call.read(moment.at())))
                .map(ApiReply::ok);
    }

    private ApiReply calls(ApiRequest request, World.Moment moment) {
        List<PhoneCall.View> found = moment.calls().stream()
                .map(call -> call.read(moment.at()))
                .filter(call ->
                        request.wants("ParentCallSid", call.parentCallSid().orElse("")))
                .filter(call -> request.wants("Status", call.status().wire()))
                .filter(call -> request.wants("To", call.to()) && request.wants("From", call.from()))
                .toList();
        return ApiReply.ok(Pages.api(request, "calls", newestFirst(found), resources::call));
    }

    // ---- taskrouter.twilio.com

    private Optional<ApiReply> readTask(Route.Match match, World.Moment moment) {
        return moment.task(match.sid()).map(task -> {
            ApiReply reply = taskReply(task, moment.at());
            if (task.interfered(moment.at())) {
                moment.tellTask("task.updated", task);
            }
            return reply;
        });
    }

    private Optional<ApiReply> writeTask(Route.Match match, ApiRequest request, World.Moment moment) {
        return moment.task(match.sid()).map(task -> {
            String before = task.attributes();
            ApiReply reply = write(task, request, moment);
            counters.wrote(reply.status());
            task.remember(new TaskWrite(moment.at(), reply.status(), request.ifMatch(), before, task.attributes()));
            return reply;
        });
    }

    private ApiReply write(TaskState task, ApiRequest request, World.Moment moment) {
        if (request.ifMatch().filter(version -> !matches(version, task)).isPresent()) {
            return ApiReply.changedMeanwhile();
        }
        if (request.form().containsKey("AssignmentStatus")) {
            return ApiReply.error(400, 20001, "The simulator's calls alone move a task's status");
        }
        Optional<String> attributes = Optional.ofNullable(request.form().get("Attributes"));
        if (attributes.filter(text -> !JsonText.isValid(text)).isPresent()) {
            return ApiReply.error(400, 20001, "Attributes JSON is not valid");
        }
        if (attributes.filter(text -> text.length() > MAX_ATTRIBUTES).isPresent()) {
            return ApiReply.error(400, 20001, "Attributes are longer than " + MAX_ATTRIBUTES + " characters");
        }
        Optional.ofNullable(request.form().get("Reason")).ifPresent(task::reason);
        Optional.ofNullable(request.form().get("Priority"))
                .map(Integer::parseInt)
                .ifPresent(task::priority);
        task.write(attributes.orElse(task.attributes()), moment.at());
        moment.tellTask("task.updated", task);
        return taskReply(task, moment.at());
    }

    private static boolean matches(String ifMatch, TaskState task) {
        String version = ifMatch.replace("W/", "").replace("\"", "");
        return version.equals("*") || version.equals(Integer.toString(task.version()));
    }

    private ApiReply taskReply(TaskState task, Instant now) {
        return ApiReply.ok(resources.task(task, now), Map.of("ETag", "\"" + task.version() + "\""));
    }

    private Optional<ApiReply> reservations(Route.Match match, ApiRequest request, World.Moment moment) {
        return moment.task(match.sid())
                .map(task -> ApiReply.ok(Pages.v1(
                        request,
                        "reservations",
                        task.reservations().stream()
                                .filter(r -> request.wants(
                                        "ReservationStatus", r.status().wire()))
                                .filter(r ->
                                        request.wants("WorkerSid", r.agent().workerSid()))
                                .toList(),
                        reservation -> resources.reservation(task, reservation))));
    }

    private Optional<ApiReply> reservation(Route.Match match, World.Moment moment) {
        return moment.task(match.sid())
                .flatMap(task -> task.reservation(match.child())
                        .map(reservation -> ApiReply.ok(resources.reservation(task, reservation))));
    }

    private ApiReply events(ApiRequest request, World.Moment moment) {
        Instant from =
                request.filter("StartDate").map(RestApi::moment).orElseGet(() -> minutesBefore(request, moment.at()));
        Instant to = request.filter("EndDate").map(RestApi::moment).orElse(Instant.MAX);
        List<WorkspaceEvent> found = moment.log().stream()
                .filter(event -> !event.at().isBefore(from) && !event.at().isAfter(to))
                .filter(event -> request.wants("TaskSid", event.taskSid()))
                .filter(event -> request.wants("EventType", event.type()))
                .filter(event -> request.wants("ReservationSid", event.param("ReservationSid")))
                .filter(event -> request.wants("WorkerSid", event.param("WorkerSid")))
                .filter(event -> request.wants("Sid", event.sid()))
                .toList();
        return ApiReply.ok(Pages.v1(request, "events", newestFirst(found), resources::event));
    }

    /** A moment in UTC; twilio-java writes it without a zone. */
    private static Instant moment(String text) {
        return Instant.parse(text.endsWith("Z") ? text : text + "Z");
    }

    private static Instant minutesBefore(ApiRequest request, Instant now) {
        return now.minus(
                Duration.ofMinutes(Long.parseLong(request.filter("Minutes").orElse(DEFAULT_MINUTES))));
    }

    private Optional<ApiReply> event(Route.Match match, World.Moment moment) {
        return moment.log().stream()
                .filter(event -> event.sid().equals(match.sid()))
                .findFirst()
                .map(event -> ApiReply.ok(resources.event(event)));
    }

    private static <T> List<T> newestFirst(List<T> oldestFirst) {
        List<T> reversed = new ArrayList<>(oldestFirst);
        Collections.reverse(reversed);
        return reversed;
    }
}
