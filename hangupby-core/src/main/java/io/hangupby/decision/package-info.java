/**
 * Decides who ended a segment: evidence, rules and verdict. Pure: a verdict is a function of the evidence, without
 * clock or I/O.
 */
@NullMarked
package io.hangupby.decision;

import org.jspecify.annotations.NullMarked;
