/** The few things we ask of Twilio's API, and twilio-java as one way to ask them. */
@NullMarked
package io.hangupby.twilio;

import org.jspecify.annotations.NullMarked;
