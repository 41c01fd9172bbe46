/** What the check of a set-up found. */
@NullMarked
package io.hangupby.check;

import org.jspecify.annotations.NullMarked;
