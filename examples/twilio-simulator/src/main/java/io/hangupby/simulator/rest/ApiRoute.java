package io.hangupby.simulator.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requests that the simulator supports, by method and path. */
enum ApiRoute {
    CONFERENCE("GET", ApiOperation.CONFERENCE, Path.ACCOUNT + "/Conferences/(CF\\w{32})\\.json"),
    CONFERENCES("GET", ApiOperation.CONFERENCES, Path.ACCOUNT + "/Conferences\\.json"),
    PARTICIPANTS("GET", ApiOperation.PARTICIPANTS, Path.ACCOUNT + "/Conferences/(CF\\w{32})/Participants\\.json"),
    PARTICIPANT(
            "GET", ApiOperation.PARTICIPANTS, Path.ACCOUNT + "/Conferences/(CF\\w{32})/Participants/([^/]+)\\.json"),
    CALL("GET", ApiOperation.CALL, Path.ACCOUNT + "/Calls/(CA\\w{32})\\.json"),
    CALLS("GET", ApiOperation.CALLS, Path.ACCOUNT + "/Calls\\.json"),
    TASK_READ("GET", ApiOperation.TASK_READ, Path.WORKSPACE + "/Tasks/(WT\\w{32})"),
    TASK_WRITE("POST", ApiOperation.TASK_WRITE, Path.WORKSPACE + "/Tasks/(WT\\w{32})"),
    RESERVATIONS("GET", ApiOperation.RESERVATIONS, Path.WORKSPACE + "/Tasks/(WT\\w{32})/Reservations"),
    RESERVATION("GET", ApiOperation.RESERVATIONS, Path.WORKSPACE + "/Tasks/(WT\\w{32})/Reservations/(WR\\w{32})"),
    EVENTS("GET", ApiOperation.EVENTS, Path.WORKSPACE + "/Events"),
    EVENT("GET", ApiOperation.EVENTS, Path.WORKSPACE + "/Events/(EV\\w{32})"),
    SETUP("GET", ApiOperation.SETUP, SetupApi.PATHS),
    UNKNOWN("", ApiOperation.OTHER, ".*");

    private final String method;
    private final ApiOperation operation;
    private final Pattern path;

    ApiRoute(String method, ApiOperation operation, String path) {
        this.method = method;
        this.operation = operation;
        this.path = Pattern.compile(path);
    }

    ApiOperation operation() {
        return operation;
    }

    static Match of(String method, String path) {
        for (ApiRoute route : values()) {
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

    /** A route, and the SIDs in the path: the account or workspace is the first. */
    record Match(ApiRoute route, List<String> sids) {

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
