package io.hangupby.internal.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.hangupby.journal.JournalException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulerVersionTest {

    @ParameterizedTest
    @ValueSource(strings = {"11.7", "12.0.0", "15.6.0", "16.0.0", "16.1.0", "17.0.0", "20.1-SNAPSHOT"})
    void a_version_that_hangupby_does_not_work_with_is_rejected_with_the_range_that_does(String version) {
        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> SchedulerVersion.check(version))
                .withMessage("db-scheduler " + version
                        + " is on the class path, and hangupby works with 16.2 to 16.12, or a later 16; set the version of"
                        + " com.github.kagkarlsson:db-scheduler");
    }

    @ParameterizedTest
    @ValueSource(strings = {"16.2.0", "16.12.0", "16.13.0-SNAPSHOT", "16.99", "unknown", ""})
    void others_are_accepted(String version) {
        assertThatNoException().isThrownBy(() -> SchedulerVersion.check(version));
    }

    @Test
    void that_of_the_class_path_is_accepted() {
        assertThatNoException().isThrownBy(SchedulerVersion::check);
    }
}
