/** Runs hangupby for long, and badly treated, and counts what was lost. */
@NullMarked
package io.hangupby.example.endurance;

import org.jspecify.annotations.NullMarked;
