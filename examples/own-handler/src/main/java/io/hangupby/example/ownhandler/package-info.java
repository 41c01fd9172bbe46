/** A backend that has had handlers for TaskRouter's callbacks for years. Not a line of it knows hangupby. */
@NullMarked
package io.hangupby.example.ownhandler;

import org.jspecify.annotations.NullMarked;
