/** Receives Twilio's callbacks from any HTTP server: verifies signatures, reads and records events, returns responses. */
@NullMarked
package io.hangupby.webhook;

import org.jspecify.annotations.NullMarked;
