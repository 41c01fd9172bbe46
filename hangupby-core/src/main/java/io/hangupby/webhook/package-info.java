/** Receives Twilio's callbacks from any HTTP server. The adapter passes a request to the handler, and sends the response. */
@NullMarked
package io.hangupby.webhook;

import org.jspecify.annotations.NullMarked;
