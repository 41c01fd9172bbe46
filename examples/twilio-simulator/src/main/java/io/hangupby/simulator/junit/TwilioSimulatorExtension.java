package io.hangupby.simulator.junit;

import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.TwilioSimulatorBuilder;
import io.hangupby.simulator.events.TwilioSigner;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Starts a simulator for a test class, unless a Spring application context has it, and injects it. Uses only what JUnit 5 and 6 have
 * in common.
 */
final class TwilioSimulatorExtension
        implements BeforeAllCallback,
                AfterAllCallback,
                BeforeEachCallback,
                TestInstancePostProcessor,
                ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(TwilioSimulatorExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) throws IllegalAccessException {
        Class<?> testClass = context.getRequiredTestClass();
        if (SpringTests.isSpringTest(testClass)) {
            return;
        }
        if (own(context).isEmpty()) {
            store(context).put(TwilioSimulator.class, start(settings(testClass)));
        }
        InjectedFields.inject(testClass, Optional.empty(), () -> simulator(context));
    }

    static TwilioSimulator start(TwilioSimulatorTest settings) {
        TwilioSimulatorBuilder builder = TwilioSimulator.builder().newAccount();
        return (settings.seed() == 0 ? builder : builder.seed(settings.seed())).start();
    }

    private static TwilioSimulatorTest settings(Class<?> testClass) {
        for (Class<?> each = testClass; each != null; each = each.getEnclosingClass()) {
            Optional<TwilioSimulatorTest> found = AnnotationSupport.findAnnotation(each, TwilioSimulatorTest.class);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new IllegalStateException("Annotate " + testClass.getName() + " with @TwilioSimulatorTest");
    }

    @Override
    public void postProcessTestInstance(Object instance, ExtensionContext context) throws IllegalAccessException {
        InjectedFields.inject(instance.getClass(), Optional.of(instance), () -> simulator(context));
    }

    /** Ends what an earlier test did to requests and events. */
    @Override
    public void beforeEach(ExtensionContext context) {
        TwilioSimulator twilio = simulator(context);
        twilio.faults().clear();
        twilio.delivery().reset();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        // Only the class that started the simulator has it in its own store; a nested class reads that of its enclosing
        // class.
        TwilioSimulator started = store(context).remove(TwilioSimulator.class, TwilioSimulator.class);
        if (started != null) {
            started.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return (type == TwilioSimulator.class || type == TwilioSigner.class)
                && !isInjectedBySpring(parameter.getParameter());
    }

    private static boolean isInjectedBySpring(Parameter parameter) {
        return Arrays.stream(parameter.getAnnotations()).anyMatch(annotation -> isOfSpring(annotation.annotationType()))
                || Arrays.stream(parameter.getDeclaringExecutable().getAnnotations())
                        .anyMatch(annotation -> isOfSpring(annotation.annotationType()));
    }

    private static boolean isOfSpring(Class<?> annotation) {
        return annotation.getName().startsWith("org.springframework.beans.factory.annotation.");
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TwilioSimulator twilio = simulator(context);
        return parameter.getParameter().getType() == TwilioSigner.class ? twilio.signer() : twilio;
    }

    private static TwilioSimulator simulator(ExtensionContext context) {
        return own(context).orElseGet(() -> SpringTests.simulator(context));
    }

    private static Optional<TwilioSimulator> own(ExtensionContext context) {
        return Optional.ofNullable(store(context).get(TwilioSimulator.class, TwilioSimulator.class));
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }
}
