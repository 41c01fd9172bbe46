/**
 * The rules that decide who ended a segment, a class each, and their order. {@code DecisionRules} is the door: it changes the
 * list and makes a decider of it. Pure: a rule is a function of the evidence, without clock or I/O.
 */
@NullMarked
package io.hangupby.decision.rules;

import org.jspecify.annotations.NullMarked;
