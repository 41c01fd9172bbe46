/** The JUnit extension that starts a simulated Twilio for a test class, and configures a Spring application for it. */
@NullMarked
package io.hangupby.simulator.junit;

import org.jspecify.annotations.NullMarked;
