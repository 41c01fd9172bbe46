package io.hangupby.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

class TwilioSdkTest {

    @Test
    void is_known_to_the_twilio_package_only() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.hangupby.twilio")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.twilio..")
                .check(Product.CLASSES);
    }
}
