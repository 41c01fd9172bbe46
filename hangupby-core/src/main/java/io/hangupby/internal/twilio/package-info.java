/** The requests to Twilio's API, and their implementation with twilio-java. */
@NullMarked
package io.hangupby.internal.twilio;

import org.jspecify.annotations.NullMarked;
