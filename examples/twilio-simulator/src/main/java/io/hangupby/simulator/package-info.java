/** A simulated Twilio account for tests: start it with TwilioSimulator and play calls whose real end is known. */
@NullMarked
package io.hangupby.simulator;

import org.jspecify.annotations.NullMarked;
