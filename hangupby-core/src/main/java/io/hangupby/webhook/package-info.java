/** Receives Twilio's callbacks: checks their signature, reads them and answers, whatever the HTTP server may be. */
@NullMarked
package io.hangupby.webhook;

import org.jspecify.annotations.NullMarked;
