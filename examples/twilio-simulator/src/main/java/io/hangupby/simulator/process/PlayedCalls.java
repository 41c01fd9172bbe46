package io.hangupby.simulator.process;

import io.hangupby.simulator.process.ProcessOptions.UsageException;
import io.hangupby.simulator.scenarios.BackendSetting;
import io.hangupby.simulator.scenarios.CallScenario;
import io.hangupby.simulator.scenarios.CallScenario.Evidence;
import io.hangupby.simulator.scenarios.CallScenarios;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The calls of the catalogue by the names that a command line gives them. */
final class PlayedCalls {

    static final String MIX = "mix";
    private static final String ALL = "all";

    private static final Map<String, List<String>> SHORT_NAMES = shortNames();

    private PlayedCalls() {}

    private static Map<String, List<String>> shortNames() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        names.put("customer", List.of("customer-hangs-up"));
        names.put("agent", List.of("agent-hangs-up"));
        names.put("crash", List.of("agent-crashes"));
        names.put("refresh", List.of("agent-refreshes"));
        names.put("transfer", List.of("cold-customer", "warm-customer"));
        names.put("consult", List.of("consult-agent"));
        names.put("external", List.of("external-warm", "external-cold", "external-ends"));
        names.put("supervisor", List.of("supervisor-ends"));
        names.put("program", List.of("ended-by-program"));
        return names;
    }

    /**
     * Returns the calls of a list of names.
     *
     * @throws UsageException if a name is unknown, or if a call cannot be decided as the application is called
     */
    static List<CallScenario> of(String names, boolean conferenceCallbacks) {
        List<CallScenario> calls = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            calls.addAll(named(name.strip(), conferenceCallbacks));
        }
        return calls;
    }

    private static List<CallScenario> named(String name, boolean conferenceCallbacks) {
        if (name.equals(MIX) || name.equals(ALL)) {
            return CallScenarios.all().stream()
                    .filter(call -> isDecided(call, conferenceCallbacks))
                    .filter(call -> call.script().settings().isEmpty())
                    .filter(call -> name.equals(ALL) || call.weight() > 0)
                    .toList();
        }
        return SHORT_NAMES.getOrDefault(name, List.of(name)).stream()
                .map(id -> decided(id, conferenceCallbacks))
                .toList();
    }

    private static CallScenario decided(String id, boolean conferenceCallbacks) {
        CallScenario call = CallScenarios.all().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new UsageException("--play: there is no call " + id + "; --list names all of them"));
        if (!isDecided(call, conferenceCallbacks)) {
            throw new UsageException("--play: " + id + " is decided only " + (conferenceCallbacks ? "without" : "with")
                    + " --conference-callbacks");
        }
        return call;
    }

    private static boolean isDecided(CallScenario call, boolean conferenceCallbacks) {
        return call.evidence() == Evidence.ANY || conferenceCallbacks == (call.evidence() == Evidence.WITH_CALLBACKS);
    }

    /** Returns a table of all names. */
    static String list() {
        String shortNames = SHORT_NAMES.entrySet().stream()
                .map(name -> line(name.getKey(), String.join(", ", name.getValue())))
                .collect(Collectors.joining());
        String calls = CallScenarios.all().stream()
                .map(call -> line(call.id(), call.description() + needs(call)))
                .collect(Collectors.joining());
        return "Short names:\n" + line(MIX, "calls as they are common") + line(ALL, "each call that needs no setting")
                + shortNames + "\nCalls:\n" + calls;
    }

    private static String line(String name, String meaning) {
        return "  %-42s %s%n".formatted(name, meaning);
    }

    private static String needs(CallScenario call) {
        return call.script().settings().isEmpty()
                ? ""
                : " (needs "
                        + call.script().settings().stream()
                                .map(PlayedCalls::property)
                                .collect(Collectors.joining(", ")) + ")";
    }

    private static String property(BackendSetting setting) {
        return switch (setting) {
            case NO_PLUGIN -> "hangupby.agent-marker=none";
            case MARKER_WORDS -> "hangupby.agent-marker-values=agent,Agente";
            case IGNORED_PARTICIPANTS -> "hangupby.ignored-participants=sip:rec@bot.test";
        };
    }

    /** Returns the settings without which these calls have other values, one a line. */
    static List<String> settings(List<CallScenario> calls) {
        return calls.stream()
                .flatMap(call -> call.script().settings().stream())
                .distinct()
                .map(PlayedCalls::property)
                .toList();
    }
}
