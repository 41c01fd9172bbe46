/** Connects hangupby to a jakarta.servlet container, as a servlet or as a filter. */
@NullMarked
package io.hangupby.servlet;

import org.jspecify.annotations.NullMarked;
