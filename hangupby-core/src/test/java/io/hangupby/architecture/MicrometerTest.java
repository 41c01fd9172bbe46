package io.hangupby.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

/** An application without Micrometer has all but the metrics. */
class MicrometerTest {
    private static final String ADAPTER = "io.hangupby.micrometer";

    @Test
    void is_known_to_its_own_package_only() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ADAPTER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", ADAPTER)
                .check(Product.CLASSES);
    }
}
