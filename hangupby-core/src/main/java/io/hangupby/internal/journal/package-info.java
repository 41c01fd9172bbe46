/** What is remembered of each call, and which calls are due to be worked on. */
@NullMarked
package io.hangupby.internal.journal;

import org.jspecify.annotations.NullMarked;
