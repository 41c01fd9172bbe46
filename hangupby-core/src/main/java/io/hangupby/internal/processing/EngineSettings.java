package io.hangupby.internal.processing;

import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Vocabulary;

/**
 * What an installation is set to. Immutable.
 *
 * @param pluginInstalled whether agents' browsers have a plugin that marks a deliberate hang-up
 * @param vocabulary what the answers are called in a task
 * @param dryRun whether to decide and report, and write nothing
 * @param presetOnCreate whether a new task is given the customer's value, in case its caller gives up in the queue
 * @param pluginPins whether agents' browsers have a plugin that puts each agent's value in place when the agent completes
 */
public record EngineSettings(
        boolean pluginInstalled, Vocabulary vocabulary, boolean dryRun, boolean presetOnCreate, boolean pluginPins) {

    /** Says whether there is anything to do for a new task. */
    public boolean presets() {
        return presetOnCreate && !dryRun && vocabulary.value(EndedBy.CUSTOMER).isPresent();
    }
}
