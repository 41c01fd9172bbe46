package io.hangupby;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.processing.SegmentProcessor;
import io.hangupby.telemetry.TwilioStatus;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The accounts in the order in which they were given, and whose a task is. Thread-safe. */
final class Accounts {
    private final Map<AccountSid, AccountRuntime> accounts = new LinkedHashMap<>();

    Accounts(List<AccountRuntime> given) {
        given.forEach(account -> accounts.put(account.sid(), account));
    }

    Collection<AccountRuntime> all() {
        return accounts.values();
    }

    Map<AccountSid, SegmentProcessor> engines() {
        return all().stream().collect(Collectors.toUnmodifiableMap(AccountRuntime::sid, AccountRuntime::engine));
    }

    /** Sends fewer updates of an account, if it is one of these, because Twilio says that its limit is used up. */
    void rateLimited(AccountSid account) {
        all().stream().filter(known -> known.sid().equals(account)).forEach(AccountRuntime::rateLimited);
    }

    List<TwilioStatus> status() {
        return all().stream().map(AccountRuntime::status).toList();
    }

    long sum(ToLongFunction<AccountRuntime> count) {
        return all().stream().mapToLong(count).sum();
    }

    /**
     * Returns the account of a task.
     *
     * @throws IllegalArgumentException if the account was not given
     */
    AccountRuntime of(TaskRef task) {
        AccountRuntime account = accounts.get(task.account());
        if (account == null) {
            throw new IllegalArgumentException("account " + task.account() + " is none of " + accounts.keySet());
        }
        return account;
    }

    /**
     * Returns a task in the only workspace that was given.
     *
     * @throws IllegalStateException if no workspace was given, or several
     */
    TaskRef task(String taskSid) {
        TaskSid task = new TaskSid(taskSid);
        List<AccountRuntime> given = all().stream()
                .filter(account -> account.workspace().isPresent())
                .toList();
        if (given.size() != 1) {
            throw new IllegalStateException("hangupby.workspace-sid is "
                    + (given.isEmpty() ? "not set" : "set for several accounts")
                    + ": name the workspace, explain(workspaceSid, taskSid)");
        }
        AccountRuntime only = given.get(0);
        return new TaskRef(only.sid(), only.workspace().orElseThrow(), task);
    }

    /**
     * Returns a task in a workspace, which belongs to the account that names it, otherwise to the only account that accepts events of
     * any workspace.
     *
     * @throws IllegalStateException if it can be a workspace of several accounts
     */
    TaskRef task(String workspaceSid, String taskSid) {
        WorkspaceSid workspace = new WorkspaceSid(workspaceSid);
        TaskSid task = new TaskSid(taskSid);
        List<AccountRuntime> owners = ownersOf(workspace);
        if (owners.size() != 1) {
            throw new IllegalStateException(
                    "workspace " + workspace
                            + " can be of several accounts: set workspace-sid for each account, or name the account as well, with a TaskRef");
        }
        return new TaskRef(owners.get(0).sid(), workspace, task);
    }

    private List<AccountRuntime> ownersOf(WorkspaceSid workspace) {
        List<AccountRuntime> naming = all().stream()
                .filter(account -> account.workspace().filter(workspace::equals).isPresent())
                .toList();
        if (!naming.isEmpty()) {
            return naming;
        }
        return accounts.size() == 1
                ? List.copyOf(all())
                : all().stream()
                        .filter(account -> account.workspace().isEmpty())
                        .toList();
    }

    /** Returns the SIDs for a log line. */
    @Override
    public String toString() {
        return accounts.keySet().stream().map(AccountSid::value).collect(Collectors.joining(" and "));
    }
}
