package io.hangupby.internal.check;

import io.hangupby.check.CheckReport.Line;
import io.hangupby.internal.twilio.SetupGateway.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks a workspace: whose it is, and which events it posts where. */
final class WorkspaceLines {
    /** The check knows of an application's own queue only by its events. */
    static final String IF_QUEUED =
            "If the application's own queue brings the events (acceptCallback, acceptCloudEvents), run the check after the first event.";

    private static final String WORKSPACE = "workspace";
    private static final String CALLBACK = "callback-url";
    private static final String FILTER = "events-filter";
    private static final String LIST = "twilio api:taskrouter:v1:workspaces:list";

    private final CheckedAccount account;
    private final AccountReads reads;
    private final Way way;
    private final boolean streamed;

    /**
     * @param way what became of the check's requests to the public addresses
     * @param streamed whether Event Streams sends the events that hangupby needs
     */
    WorkspaceLines(CheckedAccount account, AccountReads reads, Way way, boolean streamed) {
        this.account = account;
        this.reads = reads;
        this.way = way;
        this.streamed = streamed;
    }

    Stream<Line> lines() {
        Stream<Line> ofWorkspace = reads.workspace().stream()
                .flatMap(workspace -> Stream.concat(callback(workspace), Stream.of(filter(workspace))));
        return Stream.concat(Stream.of(workspace()), ofWorkspace);
    }

    private Line workspace() {
        if (reads.workspaces().value().isEmpty()) {
            return Line.warn(
                    WORKSPACE,
                    "The workspace could not be read: " + reads.workspaces().problem()
                            + ". Its callback and its filter are not checked.",
                    reads.remedy(
                            account,
                            reads.workspaces(),
                            "Allow the key to read workspaces (TaskRouter: Workspace, read) while the check runs."));
        }
        return reads.workspace()
                .map(workspace ->
                        workspace(workspace, reads.workspaces().value().orElseThrow()))
                .orElseGet(() -> Line.wrong(
                        WORKSPACE,
                        account.workspace()
                                .map(sid -> "These credentials have no workspace " + sid + ".")
                                .orElse("The account has no workspace."),
                        "Set " + account.setting("workspace-sid") + " to the workspace of Flex, which this lists: "
                                + LIST));
    }

    private Line workspace(Workspace workspace, List<Workspace> all) {
        if (!workspace.accountSid().equals(account.sid().value())) {
            return Line.wrong(
                    WORKSPACE,
                    "Workspace " + workspace.sid() + " belongs to account " + workspace.accountSid() + ", and not to "
                            + account.sid() + ".",
                    "Set " + account.setting("account-sid") + "=" + workspace.accountSid()
                            + " with that account's credentials, or correct " + account.setting("workspace-sid") + ".");
        }
        if (account.workspace().isEmpty() && all.size() > 1) {
            return Line.warn(
                    WORKSPACE,
                    account.setting("workspace-sid") + " is not set, and the account has " + all.size()
                            + " workspaces. Checked is " + workspace.sid() + ".",
                    account.setting("workspace-sid") + "=" + workspace.sid());
        }
        return Line.ok(WORKSPACE, "Workspace " + workspace.sid() + " belongs to account " + account.sid() + ".");
    }

    private Stream<Line> callback(Workspace workspace) {
        Optional<String> given = workspace.eventCallbackUrl();
        String right = account.callbackUrl() + Remedies.OVERRIDES;
        boolean canArrive = account.callbackUrls().stream().limit(1).allMatch(way::arrives);
        String mend = (canArrive ? "" : "After the line public-url is mended:\n")
                + account.callbackUrls().stream()
                        .limit(1)
                        .map(account::condition)
                        .collect(Collectors.joining())
                + Remedies.setCallback(workspace.sid(), right);
        if (given.isEmpty()) {
            return Stream.of(
                    account.isQueued()
                            ? queued("the workspace has no event callback URL")
                            : withoutCallback(
                                    "The workspace has no event callback URL.",
                                    account.callbackUrls().isEmpty() ? mend + "\n" + IF_QUEUED : mend));
        }
        String url = given.get();
        if (account.isQueued() && !isOurs(url) && !isNearlyOurs(url)) {
            return Stream.of(queued("the workspace posts them to " + Addresses.shown(url)));
        }
        if (account.callbackUrls().isEmpty()) {
            return Stream.of(Line.warn(
                    CALLBACK,
                    "Events are posted to " + Addresses.shown(url)
                            + ". hangupby.public-url is not set, so the check cannot say whether that is hangupby.",
                    "If hangupby is there: hangupby.public-url="
                            + Addresses.forCommand(url).replaceFirst("/taskrouter$", "") + "\n" + IF_QUEUED));
        }
        if (isOurs(url)) {
            return Stream.of(
                    Line.ok(CALLBACK, "Events are posted to hangupby: " + Addresses.shown(url) + "."),
                    ConnectionOverrideLines.of(workspace.sid(), url, account));
        }
        if (isNearlyOurs(url)) {
            return Stream.of(nearlyOurs(url, mend));
        }
        if (isAtAnotherHost(url)) {
            return Stream.of(otherHost(url, mend));
        }
        boolean isHere = account.callbackUrls().stream()
                .anyMatch(ours -> Addresses.host(ours).equals(Addresses.host(url)));
        return Stream.of(withoutCallback(
                "Events are posted to another " + (isHere ? "path of this host: " : "program: ") + Addresses.shown(url)
                        + ".",
                "If it is a handler of this application, keep the URL and put hangupby's filter in front of the handler:\n"
                        + "hangupby.filter.enabled=true\nhangupby.filter.url-patterns=<its path in this application>\n"
                        + "hangupby.filter.public-url=" + Addresses.forCommand(url)
                        + "\nIf it is another program that still needs the events, subscribe Event Streams:"
                        + " docs/getting-started/twilio-setup.md.\nOtherwise:\n" + mend));
    }

    private Line nearlyOurs(String url, String mend) {
        String ours = account.callbackUrls().get(0);
        String setting = account.settingOf(ours);
        String seen = "Events are posted to " + Addresses.shown(url) + ", but hangupby expects them at "
                + Addresses.shown(ours) + ".";
        if (way.arrives(ours)) {
            return Line.wrong(CALLBACK, seen + " They miss the endpoint, or the signatures do not match.", mend);
        }
        boolean isMounted =
                way.mountInsteadOf(ours).stream().anyMatch(mount -> Addresses.same(mount + "/taskrouter", url));
        return isMounted
                ? Line.wrong(
                        CALLBACK,
                        seen + " This application takes requests at the first address, so " + setting + " is wrong.",
                        setting + "=" + Addresses.forCommand(url).replaceFirst("/taskrouter$", ""))
                : Line.wrong(
                        CALLBACK,
                        seen + " One of the two is wrong: " + setting + ", or the address at Twilio.",
                        "Mend what the line public-url says, and run the check again. If the address at Twilio is wrong, this line"
                                + " has the command then.");
    }

    /** Such a difference has two causes: the setting has an address inside the network, or the backend has moved. */
    private Line otherHost(String url, String mend) {
        String ours = account.callbackUrls().get(0);
        return withoutCallback(
                "Events are posted to " + Addresses.shown(url) + ", but hangupby expects them at "
                        + Addresses.shown(ours) + ", which has another host.",
                "If the first address reaches this application from the Internet: " + account.settingOf(ours) + "="
                        + Addresses.forCommand(url).replaceFirst("/taskrouter$", "") + "\nIf the second does:\n"
                        + mend);
    }

    private boolean isAtAnotherHost(String url) {
        return account.callbackUrls().stream()
                .anyMatch(ours -> Addresses.path(ours).equals(Addresses.path(url)));
    }

    private static Line queued(String posted) {
        return Line.ok(
                CALLBACK,
                "Events came from the application's own queue, by acceptCallback or acceptCloudEvents, since the start; "
                        + posted + ".");
    }

    private boolean isOurs(String url) {
        return account.callbackUrls().stream().anyMatch(ours -> Addresses.same(url, ours));
    }

    private boolean isNearlyOurs(String url) {
        return account.callbackUrls().stream().anyMatch(ours -> Addresses.similar(url, ours))
                || account.publicUrls().stream()
                        .flatMap(mount -> Stream.of(mount, mount + "/events", mount + "/conference"))
                        .anyMatch(place -> Addresses.similar(url, place))
                || account.publicUrls().stream()
                        .anyMatch(mount -> Addresses.host(mount).equals(Addresses.host(url))
                                && Addresses.shown(url).endsWith("/taskrouter"));
    }

    private Line withoutCallback(String seen, String remedy) {
        return streamed
                ? Line.warn(
                        CALLBACK,
                        seen
                                + " Event Streams sends them to hangupby, but later, so that some values miss Flex Insights.",
                        remedy)
                : Line.wrong(CALLBACK, seen + " hangupby finds wrap-ups by recovery only, often too late.", remedy);
    }

    private Line filter(Workspace workspace) {
        List<String> filter = workspace.eventsFilter();
        List<String> missing = filter.isEmpty() ? List.of() : NeededEvents.missing(filter);
        if (missing.isEmpty()) {
            return Line.ok(
                    FILTER,
                    filter.isEmpty()
                            ? "All events are posted."
                            : "The filter includes all events that hangupby needs.");
        }
        String remedy = Remedies.setFilter(
                workspace.sid(),
                Stream.concat(filter.stream(), missing.stream()).toList());
        String seen = "The filter lacks events: " + NeededEvents.consequences(missing) + ".";
        return NeededEvents.areVital(missing) && !streamed && !account.isQueued()
                ? Line.wrong(FILTER, seen, remedy)
                : Line.warn(FILTER, seen, remedy);
    }
}
