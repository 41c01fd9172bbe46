/** A journal that outlives the process, and that several nodes share, in tables of an application's own database. */
@NullMarked
package io.hangupby.internal.journal.jdbc;

import org.jspecify.annotations.NullMarked;
