/** Typed events of Twilio's, and the timeline of one task that they form. Pure: no I/O, no clock. */
@NullMarked
package io.hangupby.internal.event;

import org.jspecify.annotations.NullMarked;
