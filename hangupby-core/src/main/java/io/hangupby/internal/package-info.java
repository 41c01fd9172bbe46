/** What all rooms share and no application uses. */
@NullMarked
package io.hangupby.internal;

import org.jspecify.annotations.NullMarked;
