/** What hangupby tells of itself, in numbers. */
@NullMarked
package io.hangupby.telemetry;

import org.jspecify.annotations.NullMarked;
