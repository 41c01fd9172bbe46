/** Metrics and traces through Micrometer, where an application has it; nothing else needs it. */
@NullMarked
package io.hangupby.micrometer;

import org.jspecify.annotations.NullMarked;
