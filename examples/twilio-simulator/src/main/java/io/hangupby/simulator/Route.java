package io.hangupby.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API paths that the simulator knows. */
enum Route {
    CONFERENCE("GET", ApiKind.CONFERENCE, Path.ACCOUNT + "/Conferences/(CF\\w{32})\\.json"),
    CONFERENCES("GET", ApiKind.CONFERENCES, Path.ACCOUNT + "/Conferences\\.json"),
    PARTICIPANTS("GET", ApiKind.PARTICIPANTS, Path.ACCOUNT + "/Conferences/(CF\\w{32})/Participants\\.json"),
    PARTICIPANT("GET", ApiKind.PARTICIPANTS, Path.ACCOUNT + "/Conferences/(CF\\w{32})/Participants/([^/]+)\\.json"),
    CALL("GET", ApiKind.CALL, Path.ACCOUNT + "/Calls/(CA\\w{32})\\.json"),
    CALLS("GET", ApiKind.CALLS, Path.ACCOUNT + "/Calls\\.json"),
    TASK_READ("GET", ApiKind.TASK_READ, Path.WORKSPACE + "/Tasks/(WT\\w{32})"),
    TASK_WRITE("POST", ApiKind.TASK_WRITE, Path.WORKSPACE + "/Tasks/(WT\\w{32})"),
    RESERVATIONS("GET", ApiKind.RESERVATIONS, Path.WORKSPACE + "/Tasks/(WT\\w{32})/Reservations"),
    RESERVATION("GET", ApiKind.RESERVATIONS, Path.WORKSPACE + "/Tasks/(WT\\w{32})/Reservations/(WR\\w{32})"),
    EVENTS("GET", ApiKind.EVENTS, Path.WORKSPACE + "/Events"),
    EVENT("GET", ApiKind.EVENTS, Path.WORKSPACE + "/Events/(EV\\w{32})"),
    UNKNOWN("", ApiKind.OTHER, ".*");

    private final String method;
    private final ApiKind kind;
    private final Pattern path;

    Route(String method, ApiKind kind, String path) {
        this.method = method;
        this.kind = kind;
        this.path = Pattern.compile(path);
    }

    ApiKind kind() {
        return kind;
    }

    static Match of(String method, String path) {
        for (Route route : values()) {
            Matcher matcher = route.path.matcher(path);
            if (route.method.equals(method) && matcher.matches()) {
                return new Match(route, groups(matcher));
            }
        }
        return new Match(UNKNOWN, List.of());
    }

    private static List<String> groups(Matcher matcher) {
        List<String> groups = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            groups.add(matcher.group(i));
        }
        return List.copyOf(groups);
    }

    /** A route and the SIDs in its path: the account or workspace first. */
    record Match(Route route, List<String> sids) {

        String owner() {
            return sids.get(0);
        }

        String sid() {
            return sids.get(1);
        }

        String child() {
            return sids.get(2);
        }
    }

    private static final class Path {
        static final String ACCOUNT = "/2010-04-01/Accounts/(AC\\w{32})";
        static final String WORKSPACE = "/v1/Workspaces/(WS\\w{32})";
    }
}
