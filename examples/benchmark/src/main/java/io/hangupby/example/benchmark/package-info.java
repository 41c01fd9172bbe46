/** Measures what hangupby costs a server, beside a servlet that only reads its requests. */
@NullMarked
package io.hangupby.example.benchmark;

import org.jspecify.annotations.NullMarked;
