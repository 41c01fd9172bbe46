package io.hangupby.simulator.junit;

import io.hangupby.simulator.TwilioSimulator;
import java.util.Arrays;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Says which tests are of Spring, and finds the simulator in their context. Works without Spring on the class path. */
final class SpringTests {

    private static final String EXTENSION = "org.springframework.test.context.junit.jupiter.SpringExtension";

    private SpringTests() {}

    /** Returns whether Spring manages the test class, or a class that encloses it. */
    static boolean isSpringTest(Class<?> testClass) {
        if (ReflectionSupport.tryToLoadClass(EXTENSION).toOptional().isEmpty()) {
            return false;
        }
        for (Class<?> each = testClass; each != null; each = each.getEnclosingClass()) {
            if (isExtended(each)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isExtended(Class<?> testClass) {
        return AnnotationSupport.findRepeatableAnnotations(testClass, ExtendWith.class).stream()
                .flatMap(extended -> Arrays.stream(extended.value()))
                .anyMatch(extension -> extension.getName().equals(EXTENSION));
    }

    /** Returns the simulator of the test's application context. */
    static TwilioSimulator simulator(ExtensionContext context) {
        return SpringExtension.getApplicationContext(context)
                .getBean(SimulatorContextCustomizer.BEAN, TwilioSimulator.class);
    }
}
