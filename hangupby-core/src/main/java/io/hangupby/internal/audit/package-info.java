/** Sets verdicts beside what Voice Insights says of the legs. */
@NullMarked
package io.hangupby.internal.audit;

import org.jspecify.annotations.NullMarked;
