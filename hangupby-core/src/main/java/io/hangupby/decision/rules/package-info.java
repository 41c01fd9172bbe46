/**
 * The rules that decide who ended a segment, one class each, and their order. Start from {@code DecisionRules}, which
 * changes the list and creates a decider. Pure: a rule is a function of the evidence, without clock or I/O.
 */
@NullMarked
package io.hangupby.decision.rules;

import org.jspecify.annotations.NullMarked;
