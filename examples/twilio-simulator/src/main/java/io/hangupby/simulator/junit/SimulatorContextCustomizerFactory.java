package io.hangupby.simulator.junit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Gives the application context of a {@link TwilioSimulatorTest} its simulator. Spring finds it by {@code spring.factories}. */
final class SimulatorContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        TwilioSimulatorTest settings =
                TestContextAnnotationUtils.findMergedAnnotation(testClass, TwilioSimulatorTest.class);
        return settings == null ? null : new SimulatorContextCustomizer(settings);
    }
}
