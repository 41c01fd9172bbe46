/** JSON text that is edited in place, and the formats in which Twilio writes dates and names. */
@NullMarked
package io.hangupby.simulator.internal.text;

import org.jspecify.annotations.NullMarked;
