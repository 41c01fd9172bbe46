package io.hangupby.internal.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hangupby.journal.JournalException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductTest {

    @ParameterizedTest
    @CsvSource({"MARIADB, 10, 5", "MARIADB, 5, 7", "H2, 2, 1", "H2, 1, 4", "POSTGRESQL, 9, 4"})
    void a_version_that_cannot_skip_locked_rows_is_refused_and_the_first_that_can_is_named(
            Product product, int major, int minor) {
        assertThatThrownBy(() -> product.check(major, minor))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(product.name() + " " + major + "." + minor)
                .hasMessageEndingWith("or later; update the database");
    }

    @ParameterizedTest
    @CsvSource({"MARIADB, 10, 6", "MARIADB, 11, 4", "H2, 2, 2", "H2, 2, 5", "POSTGRESQL, 9, 5", "POSTGRESQL, 14, 0"})
    void a_later_version_is_accepted(Product product, int major, int minor) {
        assertThatCode(() -> product.check(major, minor)).doesNotThrowAnyException();
    }
}
