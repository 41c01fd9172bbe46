package io.hangupby.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import org.junit.jupiter.api.Test;

class NoCyclesTest {

    @Test
    void packages_form_no_cycle() {
        slices().matching("io.hangupby.(**)").should().beFreeOfCycles().check(Product.CLASSES);
    }
}
