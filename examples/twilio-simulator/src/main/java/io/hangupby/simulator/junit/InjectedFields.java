package io.hangupby.simulator.junit;

import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.events.TwilioSigner;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Sets the fields of a test class that have the simulator's or the signer's type and no value. */
final class InjectedFields {

    private InjectedFields() {}

    /**
     * Sets the static fields, and with an instance its own fields too.
     *
     * @param twilio gives the simulator, if there is such a field
     */
    static void inject(Class<?> testClass, Optional<Object> instance, Supplier<TwilioSimulator> twilio)
            throws IllegalAccessException {
        for (Field field : fields(testClass, instance.isPresent())) {
            Object owner = Modifier.isStatic(field.getModifiers()) ? null : instance.orElseThrow();
            field.setAccessible(true);
            if (field.get(owner) == null) {
                field.set(
                        owner,
                        field.getType() == TwilioSigner.class ? twilio.get().signer() : twilio.get());
            }
        }
    }

    private static List<Field> fields(Class<?> testClass, boolean ofInstancesToo) {
        return ReflectionSupport.findFields(
                testClass,
                field -> (field.getType() == TwilioSimulator.class || field.getType() == TwilioSigner.class)
                        && !Modifier.isFinal(field.getModifiers())
                        && (ofInstancesToo || Modifier.isStatic(field.getModifiers())),
                HierarchyTraversalMode.TOP_DOWN);
    }
}
