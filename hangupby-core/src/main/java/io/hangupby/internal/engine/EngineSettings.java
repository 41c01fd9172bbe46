package io.hangupby.internal.engine;

/**
 * What an installation is set to. Immutable.
 *
 * @param pluginInstalled whether agents' browsers have a plugin that marks a deliberate hang-up
 * @param dryRun whether to decide and report, and write nothing
 */
public record EngineSettings(boolean pluginInstalled, boolean dryRun) {}
