/** What a caller can be told of the journal. */
@NullMarked
package io.hangupby.journal;

import org.jspecify.annotations.NullMarked;
