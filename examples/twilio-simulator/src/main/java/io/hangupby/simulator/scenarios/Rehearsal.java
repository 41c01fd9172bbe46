package io.hangupby.simulator.scenarios;

import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** A script in the making, and the call as far as it has been played on a simulator that nobody watches. Used by one thread. */
final class Rehearsal implements ScriptStage {

    private final TwilioSimulator twilio;
    private final SimulatedCall call;
    private CallScript script;

    Rehearsal(TwilioSimulator twilio, CallScript beginning) {
        this.twilio = twilio;
        this.script = beginning;
        this.call = beginning.play(this);
    }

    /** Adds moves to the script, and plays them. */
    void then(UnaryOperator<CallScript> moves) {
        CallScript longer = moves.apply(script);
        longer.moves().stream()
                .skip(script.moves().size())
                .forEach(move -> move.act().on(call, this));
        script = longer;
    }

    CallScript script() {
        return script;
    }

    SimulatedCall call() {
        return call;
    }

    /** Returns the agents who have the call, in the order in which they accepted. */
    List<ScriptedAgent> agentsInCall() {
        return call.agentsInCall().stream()
                .map(agent -> Arrays.stream(ScriptedAgent.values())
                        .filter(who -> agent(who).equals(agent))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    @Override
    public TwilioSimulator twilio() {
        return twilio;
    }

    @Override
    public void lose(String... types) {}

    @Override
    public void holdBack(String... types) {}

    @Override
    public void deliver() {}

    @Override
    public void deliverTwice() {}

    @Override
    public void shuffle() {}

    @Override
    public void repeat(SimulatedCall repeated, String type) {}
}
