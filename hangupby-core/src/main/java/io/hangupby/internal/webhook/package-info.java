/** Verifies the signatures of Twilio's requests, reads their events and records them. */
@NullMarked
package io.hangupby.internal.webhook;

import org.jspecify.annotations.NullMarked;
