/** A loopback Twilio: REST resources, signed TaskRouter callbacks, and simulated calls whose true end is known. */
@NullMarked
package io.hangupby.simulator;

import org.jspecify.annotations.NullMarked;
