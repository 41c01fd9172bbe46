/** The state of Twilio's API, as callers of hangupby see it. */
@NullMarked
package io.hangupby.twilio;

import org.jspecify.annotations.NullMarked;
