/** hangupby in a jakarta.servlet container. */
@NullMarked
package io.hangupby.servlet;

import org.jspecify.annotations.NullMarked;
