package io.hangupby.simulator.scenarios;

import java.util.List;
import java.util.stream.Stream;

/**
 * The catalogue of calls that every suite plays, and from which the mix of a {@link CallGenerator} comes. Each is described once, with
 * the values that are right for it.
 */
public final class CallScenarios {

    private static final List<CallScenario> MANY_PARTIES = Stream.of(
                    TransferScenarios.all(),
                    OutsidePartyScenarios.all(),
                    SupervisorScenarios.all(),
                    OverlapScenarios.all())
            .flatMap(List::stream)
            .toList();

    private static final List<CallScenario> ALL = Stream.of(
                    OneAgentScenarios.all(), UnansweredScenarios.all(), DeliveryScenarios.all(), MANY_PARTIES)
            .flatMap(List::stream)
            .toList();

    private CallScenarios() {}

    /** Returns all scenarios. */
    public static List<CallScenario> all() {
        return ALL;
    }

    /** Returns the scenarios with transfers, outside parties or supervisors. */
    static List<CallScenario> withManyParties() {
        return MANY_PARTIES;
    }

    /** Returns a scenario by its id. */
    public static CallScenario of(String id) {
        return ALL.stream()
                .filter(scenario -> scenario.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no scenario " + id));
    }
}
