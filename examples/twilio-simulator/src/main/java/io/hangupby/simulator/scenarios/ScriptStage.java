package io.hangupby.simulator.scenarios;

import io.hangupby.simulator.CallOptions;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import java.time.Duration;

/** Where a {@link CallScript} is played: it has the agents, and says how time passes and what a backend receives. */
public interface ScriptStage {

    /** Returns the simulated account. */
    TwilioSimulator twilio();

    /** Returns the worker who plays this agent. */
    default Agent agent(ScriptedAgent who) {
        return who == ScriptedAgent.DAN
                ? twilio().deskPhoneAgent(who.workerName(), CallScript.DESK_PHONE)
                : twilio().browserAgent(who.workerName());
    }

    /** Returns the options of the call, to which the script adds its own. */
    default CallOptions.Builder options() {
        return CallOptions.builder();
    }

    /** Lets time pass because the script says so. */
    default void pass(Duration time) {}

    /** Is called before each move. */
    default void before(Move move, SimulatedCall call) {}

    /** Is called after each move. */
    default void after(Move move, SimulatedCall call) {}

    /** Delivers each event twice from now on. */
    default void deliverTwice() {
        twilio().delivery().copies(2);
    }

    /** Delivers the events of a moment in any order from now on. */
    default void shuffle() {
        twilio().delivery().shuffle(true);
    }

    /** Delivers the latest event of a type again, unchanged. */
    default void repeat(SimulatedCall call, String type) {
        call.repeats(type);
    }

    /** Loses the events of these types from now on. */
    default void lose(String... types) {
        twilio().delivery().drop(types);
    }

    /** Loses the conference status callback with this sequence number. Some stages deliver it all the same. */
    default void loseCallback(int number) {}

    /** Holds back the events of these types from now on, until {@link #deliver}. */
    default void holdBack(String... types) {
        twilio().delivery().holdBack(types);
    }

    /** Delivers what was held back, and from now on everything. */
    default void deliver() {
        twilio().delivery().deliverAll();
    }
}
