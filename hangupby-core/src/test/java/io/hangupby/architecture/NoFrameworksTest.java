package io.hangupby.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

class NoFrameworksTest {

    @Test
    void neither_servlets_nor_spring_are_known() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "javax.servlet..", "org.springframework..")
                .check(Product.CLASSES);
    }
}
