package io.hangupby.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

class TwilioSdkTest {

    @Test
    void is_known_to_the_twilio_package_and_to_the_builder_that_takes_a_client() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.hangupby.internal.twilio", "io.hangupby")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.twilio..")
                .check(Product.CLASSES);
    }
}
