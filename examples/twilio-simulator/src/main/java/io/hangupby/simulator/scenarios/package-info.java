/** Ready-made call scenarios, and a generator that plays a realistic mix of them. */
@NullMarked
package io.hangupby.simulator.scenarios;

import org.jspecify.annotations.NullMarked;
