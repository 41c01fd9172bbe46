package io.hangupby.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeIsGivenTest {

    @Test
    void nobody_asks_the_system_for_the_time_of_day() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .because("a Clock is injected")
                .check(Product.CLASSES);
    }

    @Test
    void nobody_sleeps_but_the_sleeper() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.hangupby.internal.processing.Sleeper")
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .orShould()
                .callMethod(Thread.class, "sleep", Duration.class)
                .because("what waits takes a Sleeper")
                .check(Product.CLASSES);
    }
}
