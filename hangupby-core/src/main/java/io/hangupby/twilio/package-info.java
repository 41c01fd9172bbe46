/** How Twilio's API answers hangupby: what a caller can be told of it. */
@NullMarked
package io.hangupby.twilio;

import org.jspecify.annotations.NullMarked;
