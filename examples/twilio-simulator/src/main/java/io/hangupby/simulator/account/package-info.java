/** The state of the simulated account: agents, tasks, reservations, transfers, calls and conferences. */
@NullMarked
package io.hangupby.simulator.account;

import org.jspecify.annotations.NullMarked;
