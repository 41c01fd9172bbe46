/**
 * Who ended an agent's part of a call: the evidence, the rules in their order, and the verdict. Pure: a verdict is a
 * function of the evidence, without clock or I/O.
 */
@NullMarked
package io.hangupby.decision;

import org.jspecify.annotations.NullMarked;
