/** A Twilio that mistreats requests as no Twilio would, for the tests of hangupby itself. */
@NullMarked
package io.hangupby.simulator.internal.hostile;

import org.jspecify.annotations.NullMarked;
