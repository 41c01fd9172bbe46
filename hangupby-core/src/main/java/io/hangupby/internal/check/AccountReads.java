package io.hangupby.internal.check;

import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.twilio.SetupGateway;
import io.hangupby.internal.twilio.SetupGateway.CompletedReservation;
import io.hangupby.internal.twilio.SetupGateway.Workspace;
import io.hangupby.internal.twilio.TwilioGateway;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All that is read of one account, at the same time. Each part has its own result or failure. Immutable.
 *
 * @param workspaces the account's workspaces, or the workspace that a setting names
 * @param workspace the workspace whose set-up counts, if there is such a workspace
 * @param sid the workspace that is read: empty if the credentials have none
 * @param permissions whether each read that hangupby makes is allowed, by the permission that it needs
 * @param streams the sinks and subscriptions of Event Streams
 * @param advancedFeatures whether the Advanced Features of Voice Insights are on
 * @param taskRateLimit the limit of requests that Twilio reports with tasks
 * @param completed what the latest completed reservations had
 * @param wrapUps when the latest wrap-ups began, by reservation
 */
record AccountReads(
        Reading<List<Workspace>> workspaces,
        Optional<Workspace> workspace,
        Optional<WorkspaceSid> sid,
        Map<String, Reading<Boolean>> permissions,
        Reading<EventStreams> streams,
        Reading<Boolean> advancedFeatures,
        Reading<Optional<String>> taskRateLimit,
        Reading<List<CompletedReservation>> completed,
        Reading<Map<String, Instant>> wrapUps) {
    /** The name that Flex gives to its workspace. */
    private static final String OF_FLEX = "Flex Task Assignment";

    /** The digits of a SID that no resource has. */
    private static final String NOBODY = "0".repeat(32);

    static AccountReads of(CheckedAccount account, TwilioGateway twilio, SetupGateway setup, ParallelReads reads) {
        Reading<List<Workspace>> workspaces = reads.now(() -> workspaces(account, setup));
        Optional<Workspace> workspace = workspaces.value().flatMap(AccountReads::chosen);
        Optional<WorkspaceSid> sid = workspaces.value().isPresent()
                ? workspace.map(Workspace::sid).flatMap(WorkspaceSid::parse)
                : account.workspace();
        Map<String, Supplier<Reading<Boolean>>> permissions = permissions(account, sid, twilio, reads);
        Supplier<Reading<EventStreams>> streams = reads.start(() -> EventStreams.read(setup));
        Supplier<Reading<Boolean>> advanced = reads.start(setup::hasAdvancedFeatures);
        Supplier<Reading<Optional<String>>> limit = reads.start(() -> sid.flatMap(setup::taskRateLimit));
        Supplier<Reading<List<CompletedReservation>>> completed =
                reads.start(() -> sid.map(setup::completedReservations).orElse(List.of()));
        Supplier<Reading<Map<String, Instant>>> wrapUps =
                reads.start(() -> sid.map(setup::wrapUps).orElse(Map.of()));
        Map<String, Reading<Boolean>> allowed = new LinkedHashMap<>();
        permissions.forEach((permission, reading) -> allowed.put(permission, reading.get()));
        return new AccountReads(
                workspaces,
                workspace,
                sid,
                allowed,
                streams.get(),
                advanced.get(),
                limit.get(),
                completed.get(),
                wrapUps.get());
    }

    /** Returns whether Twilio has given anything. */
    boolean hasAny() {
        return workspaces.value().isPresent()
                || permissions.values().stream()
                        .anyMatch(reading -> reading.value().isPresent());
    }

    /**
     * Returns what to do first about a read that failed.
     *
     * @param permission what to do if the credentials lack only the permission for this read
     */
    String remedy(CheckedAccount account, Reading<?> failed, String permission) {
        return failed.isDenied() && hasAny() ? permission : remedy(account);
    }

    /** Returns what to do first about all reads that failed. */
    String remedy(CheckedAccount account) {
        if (hasAny()) {
            return "Run the check again when Twilio's API can be reached.";
        }
        return permissions.values().stream().anyMatch(Reading::isDenied)
                ? "Mend the line " + (account.usesApiKey() ? "permissions" : "auth-token")
                        + " first: Twilio rejects the credentials."
                : "Mend the line auth-token first: Twilio's API cannot be reached.";
    }

    private static List<Workspace> workspaces(CheckedAccount account, SetupGateway setup) {
        return account.workspace()
                .map(sid -> setup.workspace(sid).stream().toList())
                .orElseGet(setup::workspaces);
    }

    private static Optional<Workspace> chosen(List<Workspace> workspaces) {
        return workspaces.stream()
                .filter(workspace -> workspace.name().equals(OF_FLEX))
                .findFirst()
                .or(() -> workspaces.stream().findFirst());
    }

    /** Asks for resources that do not exist: Twilio says so only to those who may read them. */
    private static Map<String, Supplier<Reading<Boolean>>> permissions(
            CheckedAccount account, Optional<WorkspaceSid> workspace, TwilioGateway twilio, ParallelReads reads) {
        ConferenceSid conference = new ConferenceSid("CF" + NOBODY);
        CallSid call = new CallSid("CA" + NOBODY);
        Map<String, Supplier<Reading<Boolean>>> permissions = new LinkedHashMap<>();
        permissions.put("Voice: Conference, read", reads.start(asked(() -> twilio.conference(conference))));
        permissions.put(
                "Voice: Conference Participants, list", reads.start(asked(() -> twilio.participants(conference))));
        permissions.put("Voice: Call, read", reads.start(asked(() -> twilio.call(call))));
        permissions.put("Voice: Call, list", reads.start(asked(() -> twilio.children(call))));
        workspace
                .map(in -> new TaskRef(account.sid(), in, new TaskSid("WT" + NOBODY)))
                .ifPresent(task -> {
                    permissions.put("TaskRouter: Task, read", reads.start(asked(() -> twilio.task(task))));
                    permissions.put("TaskRouter: Events, list", reads.start(asked(() -> twilio.events(task))));
                });
        return permissions;
    }

    /** Any result shows that the read is allowed. */
    private static Supplier<Boolean> asked(Supplier<?> read) {
        return () -> {
            Object unused = read.get();
            return true;
        };
    }
}
