package io.hangupby.spring;

import io.hangupby.HangUpByBuilder;

/**
 * Overrides any setting of the builder. Define a bean of this type; hangupby calls the bean once at the start, after the
 * properties and all other beans have been applied. If there are several beans, they are called in {@code @Order} order, and
 * the last call wins. An exception keeps the application from starting.
 *
 * <pre>{@code
 * @Bean
 * HangUpByBuilderCustomizer vocabulary() {
 *     return builder -> builder.vocabulary(v -> v.with(EndedBy.SYSTEM, "program"));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface HangUpByBuilderCustomizer {

    /** Changes the builder's settings. */
    void customize(HangUpByBuilder builder);
}
