/** What the tests of several modules share: a clock that is stepped by hand, the log, and a MariaDB server. */
@NullMarked
package io.hangupby.testing;

import org.jspecify.annotations.NullMarked;
