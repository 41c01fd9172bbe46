package io.hangupby.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PurePackagesTest {

    @ParameterizedTest
    @MethodSource
    void know_only_java_jspecify_and_the_pure_packages_below_them(String name, String[] allowed) {
        classes()
                .that()
                .resideInAPackage(name)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .because("a verdict is a function of the evidence, without clock, I/O or libraries")
                .check(Product.CLASSES);
    }

    static Stream<Arguments> know_only_java_jspecify_and_the_pure_packages_below_them() {
        String[] call = {"java..", "org.jspecify..", "io.hangupby.call"};
        String[] event = {"java..", "org.jspecify..", "io.hangupby.call", "io.hangupby.internal.event"};
        String[] decision = {
            "java..", "org.jspecify..", "io.hangupby.call", "io.hangupby.internal.event", "io.hangupby.decision"
        };
        String[] rules = {
            "java..", "org.jspecify..", "io.hangupby.call", "io.hangupby.decision", "io.hangupby.decision.rules"
        };
        return Stream.of(
                arguments("io.hangupby.call", call),
                arguments("io.hangupby.internal.event", event),
                arguments("io.hangupby.decision", decision),
                arguments("io.hangupby.decision.rules", rules));
    }
}
