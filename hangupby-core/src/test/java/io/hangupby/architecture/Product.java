package io.hangupby.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.hangupby.call.TaskRef;
import java.util.List;

/** The compiled classes of this module, without its tests and without the simulator that these use. */
final class Product {
    static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrls(
                    List.of(TaskRef.class.getProtectionDomain().getCodeSource().getLocation()));

    private Product() {}
}
