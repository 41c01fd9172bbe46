/** What a test can read of the simulated account: agents, parties, writes, and what Flex Insights copied. */
@NullMarked
package io.hangupby.simulator.account;

import org.jspecify.annotations.NullMarked;
