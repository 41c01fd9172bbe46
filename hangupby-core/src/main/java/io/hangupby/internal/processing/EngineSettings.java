package io.hangupby.internal.processing;

import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Vocabulary;

/**
 * The settings of an installation. Immutable.
 *
 * @param pluginInstalled whether agents' browsers have a plugin that marks a deliberate hang-up
 * @param vocabulary how values are spelled in a task
 * @param dryRun whether to make and report verdicts, and write nothing
 * @param presetOnCreate whether a new task is given the customer's value, in case its caller gives up in the queue
 * @param pluginPins whether agents' browsers have a plugin that puts each agent's value in place when the agent completes
 */
public record EngineSettings(
        boolean pluginInstalled, Vocabulary vocabulary, boolean dryRun, boolean presetOnCreate, boolean pluginPins) {

    /** Returns whether there is anything to write into a new task. */
    public boolean presets() {
        return presetOnCreate && !dryRun && vocabulary.value(EndedBy.CUSTOMER).isPresent();
    }
}
