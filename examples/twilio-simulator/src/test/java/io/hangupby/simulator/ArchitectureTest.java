package io.hangupby.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses SIMULATOR = new ClassFileImporter()
            .importUrls(List.of(
                    TwilioSimulator.class.getProtectionDomain().getCodeSource().getLocation()));

    @Test
    void packages_form_no_cycle() {
        slices().matching("io.hangupby.(**)").should().beFreeOfCycles().check(SIMULATOR);
    }

    @Test
    void the_simulator_does_not_use_the_product() {
        noClasses()
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.hangupby..")
                        .and(JavaClass.Predicates.resideOutsideOfPackage("io.hangupby.simulator..")))
                .check(SIMULATOR);
    }
}
