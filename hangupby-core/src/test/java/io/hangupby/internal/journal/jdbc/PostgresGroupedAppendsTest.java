package io.hangupby.internal.journal.jdbc;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresGroupedAppendsTest extends GroupedAppendsKit {
    PostgresGroupedAppendsTest() {
        super(Product.POSTGRESQL, TestDatabases.postgres());
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "extendedForPrepared", "extendedCacheEverything"})
    void an_event_takes_one_round_trip_in_each_mode_of_the_driver(String mode) {
        FlightCounter.reset();
        assertOneRoundTrip(
                TestDatabases.pool(TestDatabases.unpooledPostgres(
                        Map.of("preferQueryMode", mode, "socketFactory", FlightCounter.class.getName()))),
                mode.equals("simple"));
    }
}
