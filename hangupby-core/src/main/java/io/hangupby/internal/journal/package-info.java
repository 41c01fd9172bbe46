/** The record of each task, and the queue of tasks with work to do. */
@NullMarked
package io.hangupby.internal.journal;

import org.jspecify.annotations.NullMarked;
