/** A backend with handlers of its own for TaskRouter's callbacks. Its code does not mention hangupby. */
@NullMarked
package io.hangupby.example.ownhandler;

import org.jspecify.annotations.NullMarked;
