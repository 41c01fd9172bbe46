/** Works on tasks that are due: collects the evidence, evaluates the rules, plans, writes, and tries again if Twilio fails. */
@NullMarked
package io.hangupby.internal.processing;

import org.jspecify.annotations.NullMarked;
