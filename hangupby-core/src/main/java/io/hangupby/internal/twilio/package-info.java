/** The few things we ask of Twilio's API, and twilio-java as one way to ask them. */
@NullMarked
package io.hangupby.internal.twilio;

import org.jspecify.annotations.NullMarked;
