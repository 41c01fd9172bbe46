/** Metrics and traces through Micrometer. Optional: hangupby works without Micrometer on the class path. */
@NullMarked
package io.hangupby.micrometer;

import org.jspecify.annotations.NullMarked;
