/** What Twilio told us: typed events, and the timeline of one task that they add up to. Pure: values only. */
@NullMarked
package io.hangupby.internal.event;

import org.jspecify.annotations.NullMarked;
