/** What Twilio really does on an account, as far as its documents leave it open. */
@NullMarked
package io.hangupby.internal.facts;

import org.jspecify.annotations.NullMarked;
