/** What Twilio would have of an account: tasks, reservations, conferences, calls, and the events about them. */
@NullMarked
package io.hangupby.simulator.internal.account;

import org.jspecify.annotations.NullMarked;
