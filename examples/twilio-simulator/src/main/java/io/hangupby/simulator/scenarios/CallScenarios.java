package io.hangupby.simulator.scenarios;

import java.util.List;

/**
 * The catalogue of calls that every suite plays, and from which the mix of a {@link CallGenerator} comes. Each call is written once, with
 * the values that are right for it.
 */
public final class CallScenarios {

    private static final List<CallScenario> ONE_AGENT =
            joined(List.of(OneAgentScenarios.all(), UnansweredScenarios.all(), DeliveryScenarios.all()));

    private static final List<CallScenario> MANY_PARTIES = joined(List.of(
            TransferScenarios.all(), OutsidePartyScenarios.all(), SupervisorScenarios.all(), OverlapScenarios.all()));

    private CallScenarios() {}

    /** Returns all scenarios. */
    public static List<CallScenario> all() {
        return joined(List.of(ONE_AGENT, MANY_PARTIES));
    }

    /** Returns the scenarios with transfers, outside parties or supervisors. */
    static List<CallScenario> withManyParties() {
        return MANY_PARTIES;
    }

    /** Returns a scenario by its id. */
    public static CallScenario of(String id) {
        return all().stream()
                .filter(scenario -> scenario.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no scenario " + id));
    }

    private static List<CallScenario> joined(List<List<CallScenario>> lists) {
        return lists.stream().flatMap(List::stream).toList();
    }
}
