/** Works on calls that are due: gathers the evidence, decides, writes, and tries again where Twilio did not answer. */
@NullMarked
package io.hangupby.internal.processing;

import org.jspecify.annotations.NullMarked;
