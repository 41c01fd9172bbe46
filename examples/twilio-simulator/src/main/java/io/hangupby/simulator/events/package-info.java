/** The events that Twilio sends to a backend, and their signed delivery by callbacks and Event Streams. */
@NullMarked
package io.hangupby.simulator.events;

import org.jspecify.annotations.NullMarked;
