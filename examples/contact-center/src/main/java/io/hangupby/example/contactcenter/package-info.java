/** A contact centre's backend with hangupby in it, and a simulated day to watch it by. */
@NullMarked
package io.hangupby.example.contactcenter;

import org.jspecify.annotations.NullMarked;
