package io.hangupby.internal.engine;

import io.hangupby.attributes.Vocabulary;

/**
 * What an installation is set to. Immutable.
 *
 * @param pluginInstalled whether agents' browsers have a plugin that marks a deliberate hang-up
 * @param vocabulary what the answers are called in a task
 * @param dryRun whether to decide and report, and write nothing
 */
public record EngineSettings(boolean pluginInstalled, Vocabulary vocabulary, boolean dryRun) {}
