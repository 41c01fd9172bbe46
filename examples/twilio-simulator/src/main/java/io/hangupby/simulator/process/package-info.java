/** The simulated Twilio as a process: plays calls against an application of any language and shows what comes of each. */
@NullMarked
package io.hangupby.simulator.process;

import org.jspecify.annotations.NullMarked;
