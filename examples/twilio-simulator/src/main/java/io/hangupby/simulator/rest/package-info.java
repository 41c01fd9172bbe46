/** The REST resources of the simulated account, served over HTTP with ETags, call counts and faults. */
@NullMarked
package io.hangupby.simulator.rest;

import org.jspecify.annotations.NullMarked;
