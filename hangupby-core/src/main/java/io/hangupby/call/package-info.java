/** What a call is: its SIDs, its conference and legs, and an agent's segment of it. Pure: values only. */
@NullMarked
package io.hangupby.call;

import org.jspecify.annotations.NullMarked;
