package io.hangupby.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

class FrontDoorTest {

    @Test
    void is_opened_from_outside_only() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.hangupby")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.hangupby")
                .check(Product.CLASSES);
    }
}
