/** A journal and a queue in tables of the application's database, which survive the process and which several nodes share. */
@NullMarked
package io.hangupby.internal.journal.jdbc;

import org.jspecify.annotations.NullMarked;
