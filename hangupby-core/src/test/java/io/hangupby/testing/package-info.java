/** What several tests share: a clock that is stepped by hand, and the log. */
@NullMarked
package io.hangupby.testing;

import org.jspecify.annotations.NullMarked;
