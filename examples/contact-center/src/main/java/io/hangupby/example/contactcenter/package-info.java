/** A contact centre's backend with hangupby, and a simulated day of calls. */
@NullMarked
package io.hangupby.example.contactcenter;

import org.jspecify.annotations.NullMarked;
