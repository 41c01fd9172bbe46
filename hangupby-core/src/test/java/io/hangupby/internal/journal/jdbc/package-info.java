/** The journal in a database, on each database that it is for. */
@NullMarked
package io.hangupby.internal.journal.jdbc;

import org.jspecify.annotations.NullMarked;
