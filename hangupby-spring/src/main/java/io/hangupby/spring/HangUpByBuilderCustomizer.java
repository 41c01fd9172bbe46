package io.hangupby.spring;

import io.hangupby.HangUpByBuilder;

/**
 * Has the last word on how hangupby is set up: a bean of this type is called with the builder after the properties and all
 * other beans have been taken into account. Of several, the one with the highest order is called last.
 */
@FunctionalInterface
public interface HangUpByBuilderCustomizer {

    /** Changes what it has to. */
    void customize(HangUpByBuilder builder);
}
