package io.hangupby.simulator.scenarios;

import io.hangupby.simulator.account.Agent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The time in a random call, and the agents who are in after-call work meanwhile. They complete in their order, but now and then
 * not. Each has time enough: a backend has a value before, even if it finds a lost event only by its own search.
 */
final class AfterCallWork {

    private static final int LEAST = 10;
    private static final int BETWEEN_COMPLETIONS = 5;
    private static final int MOST = 40;
    /** A backend that searches for lost events twice a minute has found them after this time. */
    private static final int AFTER_LOSS = 50;

    private static final int SHORTEST_STEP = 3;
    private static final int LONGEST_STEP = 15;
    private static final int LONG_PAUSE = 60;

    private final Rehearsal rehearsal;
    private final RandomChance chance;
    private final Map<String, Integer> dueAt = new HashMap<>();
    private int now;
    private int lastCompletion;
    private int notBefore;
    private boolean eventsAreLost;

    AfterCallWork(Rehearsal rehearsal, RandomChance chance) {
        this.rehearsal = rehearsal;
        this.chance = chance;
    }

    /** From now on no event says what happens to the task. Nobody completes for a while. */
    void eventsAreLost() {
        eventsAreLost = true;
        waitForSearch();
    }

    void eventsArrive() {
        eventsAreLost = false;
    }

    /** Nobody completes until a backend can have found an event that was lost. */
    void waitForSearch() {
        waitFor(AFTER_LOSS);
    }

    /** Nobody completes for some seconds. */
    void waitFor(int seconds) {
        notBefore = Math.max(notBefore, now + seconds);
    }

    /** Returns whether the agent has the call, or is still in after-call work. */
    boolean isBusy(ScriptedAgent agent) {
        return rehearsal.agentsInCall().contains(agent)
                || rehearsal.call().agentsInWrapUp().contains(rehearsal.agent(agent));
    }

    /** Lets time pass; agents complete meanwhile. */
    void pass(int seconds) {
        int until = now + seconds;
        for (Optional<ScriptedAgent> next = nextBefore(until); next.isPresent(); next = nextBefore(until)) {
            completes(next.get());
        }
        goOn(until);
    }

    /** The parties wait before a move. */
    void pause() {
        pass(chance.in100(10) ? LONG_PAUSE : chance.between(SHORTEST_STEP, LONGEST_STEP));
    }

    void allComplete() {
        while (!rehearsal.call().agentsInWrapUp().isEmpty()) {
            pass(MOST);
        }
    }

    private Optional<ScriptedAgent> nextBefore(int until) {
        List<ScriptedAgent> wrapping = wrapping();
        if (wrapping.isEmpty()) {
            return Optional.empty();
        }
        ScriptedAgent next = wrapping.get(chance.in100(90) ? 0 : wrapping.size() - 1);
        return Optional.of(next).filter(agent -> dueAt(agent) <= until);
    }

    private int dueAt(ScriptedAgent agent) {
        int due = dueAt.computeIfAbsent(
                rehearsal.call().reservationSid(rehearsal.agent(agent)), sid -> now + chance.between(LEAST, MOST));
        return Math.max(Math.max(due, notBefore), lastCompletion + BETWEEN_COMPLETIONS);
    }

    private List<ScriptedAgent> wrapping() {
        List<ScriptedAgent> wrapping = new ArrayList<>();
        for (Agent agent : rehearsal.call().agentsInWrapUp()) {
            Arrays.stream(ScriptedAgent.values())
                    .filter(who -> rehearsal.agent(who).equals(agent))
                    .forEach(wrapping::add);
        }
        return wrapping;
    }

    private void completes(ScriptedAgent agent) {
        goOn(Math.max(now, dueAt(agent)));
        // No backend can write again what it does not know to be gone.
        if (chance.in100(8) && !eventsAreLost) {
            rehearsal.then(CallScript::flexUiWipesValue);
            goOn(now + SHORTEST_STEP);
        }
        rehearsal.then(script -> script.completes(agent));
        lastCompletion = now;
    }

    private void goOn(int until) {
        if (until > now) {
            int seconds = until - now;
            rehearsal.then(script -> script.seconds(seconds));
            now = until;
        }
    }
}
