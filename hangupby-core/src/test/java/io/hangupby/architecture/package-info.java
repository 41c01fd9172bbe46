/** The rules that the product's packages keep, one class each. */
@NullMarked
package io.hangupby.architecture;

import org.jspecify.annotations.NullMarked;
