package io.hangupby;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String CANARY = "canary";

    @ParameterizedTest
    @ValueSource(classes = {HangUpBySettings.class, AccountSettings.class})
    void of_the_settings_do_not_show(Class<? extends Record> kind) throws ReflectiveOperationException {
        Class<?>[] types = Arrays.stream(kind.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        @Nullable
        Object[] values = Arrays.stream(types).map(SecretsTest::filled).toArray();

        Object settings = kind.getDeclaredConstructor(types).newInstance(values);

        assertThat(settings.toString()).startsWith(kind.getSimpleName() + "[").doesNotContain(CANARY);
    }

    @Test
    void of_a_builder_and_of_what_it_builds_do_not_show() {
        HangUpByBuilder builder = HangUpBy.builder()
                .accountSid("AC" + "0".repeat(32))
                .authTokens(List.of(CANARY, CANARY + 2))
                .apiKey("SK" + "0".repeat(32))
                .apiSecret(CANARY)
                .publicUrl("https://user:" + CANARY + "@hooks.example.com/hangupby");
        try (HangUpBy hangUpBy = builder.build()) {
            assertThat(List.of(builder, hangUpBy, hangUpBy.webhook()))
                    .allSatisfy(object -> assertThat(object.toString()).doesNotContain(CANARY));
        }
    }

    private static @Nullable Object filled(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 1;
        }
        return type == String.class
                ? CANARY
                : type == Optional.class
                        ? Optional.of(CANARY)
                        : type == List.class ? List.of() : type == Set.class ? Set.of(CANARY) : null;
    }
}
