/** Runs hangupby for a long time and under attack, and counts losses. */
@NullMarked
package io.hangupby.example.endurance;

import org.jspecify.annotations.NullMarked;
