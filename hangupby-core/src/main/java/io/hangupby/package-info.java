/** The front door of hangupby. */
@NullMarked
package io.hangupby;

import org.jspecify.annotations.NullMarked;
