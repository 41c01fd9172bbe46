package io.hangupby.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaPackage;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class NullMarkedPackagesTest {

    @Test
    void every_package_with_classes_is_null_marked() {
        assertThat(Product.CLASSES.getPackage("io.hangupby").getSubpackagesInTree())
                .filteredOn(any -> !any.getClasses().isEmpty())
                .extracting(JavaPackage::getName)
                .contains("io.hangupby.call", "io.hangupby.internal.processing");
        assertThat(Product.CLASSES.getPackage("io.hangupby").getSubpackagesInTree())
                .filteredOn(any -> !any.getClasses().isEmpty())
                .allMatch(any -> any.isAnnotatedWith(NullMarked.class));
        assertThat(Product.CLASSES.getPackage("io.hangupby").isAnnotatedWith(NullMarked.class))
                .isTrue();
    }
}
