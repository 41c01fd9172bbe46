/**
 * Finds a value in the JSON text of a task's attributes and changes it in place, without touching the rest of the text.
 */
@NullMarked
package io.hangupby.internal.attributes;

import org.jspecify.annotations.NullMarked;
