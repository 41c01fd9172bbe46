/** What is remembered of each call, and which calls are due to be worked on. */
@NullMarked
package io.hangupby.journal;

import org.jspecify.annotations.NullMarked;
