/** The journal in a database, on each database that it is for. */
@NullMarked
package io.hangupby.journal.jdbc;

import org.jspecify.annotations.NullMarked;
