package io.hangupby.simulator.scenarios;

import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.Agent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A call of the catalogue {@link CallScenarios}: what happens in it, and what Flex Insights must read for each agent's segment.
 * Immutable; its methods that return a scenario return a changed copy.
 */
public final class CallScenario {

    private final String id;
    private final String description;
    private final int weight;
    private final Evidence evidence;
    private final CallScript script;
    private final List<ExpectedSegment> expected;

    private CallScenario(
            String id,
            String description,
            int weight,
            Evidence evidence,
            CallScript script,
            List<ExpectedSegment> expected) {
        this.id = id;
        this.description = description;
        this.weight = weight;
        this.evidence = evidence;
        this.script = script;
        this.expected = expected;
    }

    static CallScenario of(String id, String description, CallScript script) {
        return new CallScenario(id, description, 0, Evidence.ANY, script, List.of());
    }

    // ---- how it is told

    /** Gives the call a share in the mix that a {@link CallGenerator} plays. */
    CallScenario weight(int share) {
        return new CallScenario(id, description, share, evidence, script, expected);
    }

    /** Only conference status callbacks show how this call ended. */
    CallScenario onlyWithCallbacks() {
        return new CallScenario(id, description, weight, Evidence.WITH_CALLBACKS, script, expected);
    }

    /** Conference status callbacks would show more than this call is about. */
    CallScenario onlyWithoutCallbacks() {
        return new CallScenario(id, description, weight, Evidence.WITHOUT_CALLBACKS, script, expected);
    }

    /** Expects a value for the next segment of an agent. */
    CallScenario expects(ScriptedAgent agent, String hangUpBy) {
        return expecting(new ExpectedSegment(agent, Optional.of(hangUpBy), Optional.empty(), false));
    }

    /** Expects a value for the next segment of an agent, and the outside party's number beside it. */
    CallScenario expectsWithNumber(ScriptedAgent agent, String hangUpBy) {
        return expecting(
                new ExpectedSegment(agent, Optional.of(hangUpBy), Optional.of(CallScript.OUTSIDE_NUMBER), false));
    }

    /** Expects that nothing is written for the next segment of an agent. */
    CallScenario expectsNothing(ScriptedAgent agent) {
        return expecting(new ExpectedSegment(agent, Optional.empty(), Optional.empty(), false));
    }

    /** The next segment of an agent cannot be right, because another agent's value is due in the task. */
    CallScenario leavesOpen(ScriptedAgent agent) {
        return expecting(new ExpectedSegment(agent, Optional.empty(), Optional.empty(), true));
    }

    private CallScenario expecting(ExpectedSegment segment) {
        return new CallScenario(
                id,
                description,
                weight,
                evidence,
                script,
                Stream.concat(expected.stream(), Stream.of(segment)).toList());
    }

    // ---- what it is

    /** Returns the name by which the call is known, such as {@code cold-customer}. */
    public String id() {
        return id;
    }

    /** Returns what happens, in one sentence. */
    public String description() {
        return description;
    }

    /** Returns its share in the mix, relative to the weights of the others; 0 if it is no part of the mix. */
    public int weight() {
        return weight;
    }

    /** Returns which evidence decides the call. */
    public Evidence evidence() {
        return evidence;
    }

    /** Returns the moves. */
    public CallScript script() {
        return script;
    }

    /** Returns what is expected of each segment, in the order in which the agents accepted. */
    public List<ExpectedSegment> expected() {
        return expected;
    }

    /** Returns whether more than one agent and one customer take part: in transfers, with outside parties or supervisors. */
    public boolean hasManyParties() {
        return CallScenarios.withManyParties().contains(this);
    }

    /** Returns what is expected of each segment of a call that was played on a stage, by the SID of its reservation. */
    public Map<String, ExpectedSegment> expected(SimulatedCall call, ScriptStage stage) {
        List<ExpectedSegment> left = new ArrayList<>(expected);
        Map<String, ExpectedSegment> bySid = new LinkedHashMap<>();
        for (String reservation : call.endedSegments()) {
            Agent agent = call.agent(reservation);
            ExpectedSegment next = left.stream()
                    .filter(segment -> stage.agent(segment.agent()).equals(agent))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(id + " expects no such segment of " + agent.name()));
            left.remove(next);
            bySid.put(reservation, next);
        }
        return bySid;
    }

    @Override
    public String toString() {
        return id;
    }

    /** Which evidence decides a call. */
    public enum Evidence {
        /** The API's resources do; conference status callbacks change nothing. */
        ANY,
        /** Conference status callbacks do; the API's resources cannot. */
        WITH_CALLBACKS,
        /** The call is about what is left without conference status callbacks. */
        WITHOUT_CALLBACKS
    }
}
