package io.hangupby.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PublicSurfaceTest {
    @Test
    void no_public_method_takes_or_returns_an_internal_type() {
        assertThat(publicTypes().flatMap(type -> type.getCodeUnits().stream()).filter(PublicSurfaceTest::isPublic))
                .isNotEmpty()
                .allSatisfy(method -> assertThat(mentioned(method)).noneMatch(PublicSurfaceTest::isInternal));
    }

    private static Stream<JavaClass> publicTypes() {
        return Product.CLASSES.stream().filter(type -> !isInternal(type) && isPublicWithItsOuterTypes(type));
    }

    private static boolean isPublicWithItsOuterTypes(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().stream().allMatch(PublicSurfaceTest::isPublicWithItsOuterTypes);
    }

    private static boolean isPublic(JavaCodeUnit method) {
        return method.getModifiers().contains(JavaModifier.PUBLIC)
                && !method.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static Stream<JavaClass> mentioned(JavaCodeUnit method) {
        return Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream())
                .map(JavaType::getAllInvolvedRawTypes)
                .flatMap(types -> types.stream());
    }

    private static boolean isInternal(JavaClass type) {
        return type.getPackageName().startsWith("io.hangupby.internal");
    }
}
