/** hangupby's counters, timers and status, for any metrics library. */
@NullMarked
package io.hangupby.telemetry;

import org.jspecify.annotations.NullMarked;
