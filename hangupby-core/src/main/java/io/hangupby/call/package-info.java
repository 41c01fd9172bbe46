/** The values of a call: SIDs, conference, legs, and one agent's segment. Pure: no I/O, no clock. */
@NullMarked
package io.hangupby.call;

import org.jspecify.annotations.NullMarked;
