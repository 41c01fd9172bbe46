/** Code that all packages share and applications do not use. */
@NullMarked
package io.hangupby.internal;

import org.jspecify.annotations.NullMarked;
