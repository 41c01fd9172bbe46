package io.hangupby.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.time.Clock;
import org.junit.jupiter.api.Test;

class PurePackagesHaveNoEffectsTest {

    @Test
    void they_know_no_clock_thread_file_or_network() {
        noClasses()
                .that()
                .resideInAnyPackage("io.hangupby.call", "io.hangupby.internal.event", "io.hangupby.decision")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.net..", "java.nio..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .because("a verdict is a function of the evidence")
                .check(Product.CLASSES);
    }
}
