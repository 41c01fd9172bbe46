package io.hangupby.simulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hangupby.simulator.account.SimulatedSetup;
import io.hangupby.simulator.account.SimulatedSetup.Sink;
import io.hangupby.simulator.account.SimulatedSetup.Subscription;
import io.hangupby.simulator.internal.account.SimulatedWorkspace;
import io.hangupby.simulator.internal.text.InPlaceJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Serves what the API shows of the account's set-up. Thread-safe. */
final class SetupApi {
    /** Matches the paths of these resources. */
    static final String PATHS = "/2010-04-01/Accounts/AC\\w{32}\\.json"
            + "|/v1/Workspaces(?:/WS\\w{32}(?:/Tasks)?)?"
            + "|/v1/Sinks|/v1/Subscriptions(?:/DF\\w{32}/SubscribedEvents)?"
            + "|/v1/Types|/v1/Schemas/[^/]+|/v1/Voice/Settings";

    private static final Map<String, Integer> LATEST_VERSIONS = Map.of(
            "TaskRouter.WDSEvent",
            4,
            "Voice.WebhookEvent",
            2,
            "VoiceInsights.CallSummary",
            2,
            "VoiceInsights.Conference",
            1);

    private static final List<String> TASKROUTER = Stream.concat(
                    Stream.of(
                                    "created updated wrapup completed canceled deleted system-deleted transfer-initiated transfer-attempt-failed transfer-failed transfer-canceled transfer-completed"
                                            .split(" "))
                            .map("task."::concat),
                    Stream.of("created accepted rejected timeout canceled rescinded failed wrapup completed".split(" "))
                            .map("reservation."::concat))
            .map("com.twilio.taskrouter."::concat)
            .toList();

    private final SimulatedWorkspace workspace;
    private final SimulatedSetup setup;

    SetupApi(SimulatedWorkspace workspace, SimulatedSetup setup) {
        this.workspace = workspace;
        this.setup = setup;
    }

    ApiResponse respond(ApiRequest request) {
        String path = request.path();
        return resource(path)
                .map(ApiResponse::ok)
                .or(() -> list(path, request))
                .orElseGet(() -> ApiResponse.notFound(path));
    }

    private Optional<ObjectNode> resource(String path) {
        if (path.equals("/2010-04-01/Accounts/" + workspace.accountSid() + ".json")) {
            return Optional.of(object().put("sid", workspace.accountSid())
                    .put("status", "active")
                    .put("type", "Full"));
        }
        if (path.equals("/v1/Workspaces/" + workspace.workspaceSid())) {
            return Optional.of(ours());
        }
        if (path.equals("/v1/Voice/Settings")) {
            return Optional.of(object().put("account_sid", workspace.accountSid())
                    .put("advanced_features", setup.hasAdvancedFeatures())
                    .put("voice_trace", false));
        }
        String schema = path.replaceFirst("^/v1/Schemas/", "");
        return Optional.ofNullable(LATEST_VERSIONS.get(schema))
                .map(version -> object().put("id", schema).put("latest_version", version));
    }

    private Optional<ApiResponse> list(String path, ApiRequest request) {
        return switch (path) {
            case "/v1/Workspaces" -> Optional.of(ok(request, "workspaces", workspaces()));
            case "/v1/Sinks" ->
                Optional.of(ok(
                        request,
                        "sinks",
                        setup.sinks().stream().map(SetupApi::sink).toList()));
            case "/v1/Subscriptions" ->
                Optional.of(ok(
                        request,
                        "subscriptions",
                        setup.subscriptions().stream()
                                .filter(each -> request.includes("SinkSid", each.sinkSid()))
                                .map(each -> object().put("sid", each.sid()).put("sink_sid", each.sinkSid()))
                                .toList()));
            case "/v1/Types" -> Optional.of(ok(request, "types", types()));
            default -> path.endsWith("/Tasks") ? tasks(path, request) : subscribed(path, request);
        };
    }

    private static ApiResponse ok(ApiRequest request, String key, List<ObjectNode> rows) {
        return ApiResponse.ok(ListPage.v1(request, key, rows, row -> row));
    }

    /** Lists no task: only the headers are of use. */
    private Optional<ApiResponse> tasks(String path, ApiRequest request) {
        Map<String, String> limit = setup.taskRateLimit()
                .map(number -> Map.of("X-Rate-Limit-Limit", number.toString()))
                .orElse(Map.of());
        return path.contains(workspace.workspaceSid())
                ? Optional.of(ApiResponse.ok(ListPage.v1(request, "tasks", List.<ObjectNode>of(), row -> row), limit))
                : Optional.empty();
    }

    private List<ObjectNode> workspaces() {
        List<ObjectNode> all = new ArrayList<>();
        for (int i = 1; i <= setup.furtherWorkspaces(); i++) {
            all.add(object().put("sid", String.format("WS%032x", i))
                    .put("account_sid", workspace.accountSid())
                    .put("friendly_name", "Workspace " + i));
        }
        all.add(ours());
        return all;
    }

    private ObjectNode ours() {
        ObjectNode json = object().put("sid", workspace.workspaceSid())
                .put("account_sid", setup.workspaceOwner().orElse(workspace.accountSid()))
                .put("friendly_name", SimulatedWorkspace.WORKSPACE_NAME)
                .put("events_filter", setup.eventsFilter())
                .put("multi_task_enabled", true)
                .put("prioritize_queue_order", "FIFO");
        setup.eventCallbackUrl().ifPresent(url -> json.put("event_callback_url", url));
        return json;
    }

    private static ObjectNode sink(Sink sink) {
        ObjectNode json = object().put("sid", sink.sid())
                .put("description", "a sink")
                .put("sink_type", "webhook")
                .put("status", sink.status());
        json.putObject("sink_configuration")
                .put("destination", sink.destination())
                .put("method", sink.method())
                .put("batch_events", sink.batches());
        return json;
    }

    private Optional<ApiResponse> subscribed(String path, ApiRequest request) {
        return setup.subscriptions().stream()
                .filter(each -> path.contains(each.sid()))
                .findFirst()
                .map(each -> ok(request, "types", rows(each)));
    }

    private static List<ObjectNode> rows(Subscription subscription) {
        return subscription.types().entrySet().stream()
                .map(type -> object().put("type", type.getKey())
                        .put("schema_version", type.getValue())
                        .put("subscription_sid", subscription.sid()))
                .toList();
    }

    private static List<ObjectNode> types() {
        List<ObjectNode> types = new ArrayList<>();
        TASKROUTER.forEach(type -> types.add(type(type, "TaskRouter.WDSEvent")));
        Stream.of("conference.updated", "conference.participant.updated")
                .map("com.twilio.voice.status-callback."::concat)
                .forEach(type -> types.add(type(type, "Voice.WebhookEvent")));
        Stream.of("call-summary.partial", "call-summary.predicted-complete", "call-summary.complete")
                .map("com.twilio.voice.insights."::concat)
                .forEach(type -> types.add(type(type, "VoiceInsights.CallSummary")));
        return types;
    }

    private static ObjectNode type(String name, String schema) {
        return object().put("type", name).put("schema_id", schema).put("status", "visible");
    }

    private static ObjectNode object() {
        return InPlaceJson.MAPPER.createObjectNode();
    }
}
