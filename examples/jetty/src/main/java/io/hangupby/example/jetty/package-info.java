/** hangupby in plain servlets. */
@NullMarked
package io.hangupby.example.jetty;

import org.jspecify.annotations.NullMarked;
