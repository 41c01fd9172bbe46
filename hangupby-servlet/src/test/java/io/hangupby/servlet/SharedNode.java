package io.hangupby.servlet;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.hangupby.HangUpBy;
import io.hangupby.HangUpByBuilder;
import io.hangupby.simulator.TwilioSimulator;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** One process of a backend whose processes share a PostgreSQL. */
final class SharedNode implements AutoCloseable {
    private final HikariDataSource pool;
    private final HangUpBy hangUpBy;

    SharedNode(EmbeddedPostgres postgres, TwilioSimulator twilio, Consumer<HangUpByBuilder> settings) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(postgres.getPostgresDatabase());
        config.setMaximumPoolSize(10);
        pool = new HikariDataSource(config);
        HangUpByBuilder builder = HangUpBy.builder()
                .accountSid(twilio.accountSid())
                .authToken(twilio.authToken())
                .twilio(t -> t.baseUrl(twilio.baseUrl().toString()))
                .jdbc(pool, jdbc -> jdbc.createTables(true));
        settings.accept(builder);
        hangUpBy = builder.build();
    }

    static EmbeddedPostgres startPostgres() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .start();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    HangUpBy hangUpBy() {
        return hangUpBy;
    }

    @Override
    public void close() {
        hangUpBy.close();
        pool.close();
    }
}
