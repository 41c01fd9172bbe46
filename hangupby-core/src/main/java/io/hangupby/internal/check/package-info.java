/** The check of a set-up: what is read, and what follows from it. */
@NullMarked
package io.hangupby.internal.check;

import org.jspecify.annotations.NullMarked;
