/** The journal's state, as callers of hangupby see it. */
@NullMarked
package io.hangupby.journal;

import org.jspecify.annotations.NullMarked;
