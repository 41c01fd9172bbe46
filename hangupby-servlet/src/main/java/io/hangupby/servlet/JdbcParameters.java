package io.hangupby.servlet;

import io.hangupby.HangUpByBuilder;
import io.hangupby.HangUpByConfigurationException;
import io.hangupby.JdbcBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Reads the parameters of a store in a database, whose {@link DataSource} the container has in JNDI. */
final class JdbcParameters {
    private static final String DATA_SOURCE = "jdbc.data-source";
    private static final String ENVIRONMENT = "java:comp/env/";
    private static final Map<String, BiConsumer<JdbcBuilder, String>> KNOWN = new TreeMap<>(Map.of(
            DATA_SOURCE,
            (jdbc, value) -> {},
            "jdbc.schema",
            JdbcBuilder::schema,
            "jdbc.create-tables",
            (jdbc, value) -> jdbc.createTables(InitParameters.flag("hangupby.jdbc.create-tables", value)),
            "jdbc.retention",
            (jdbc, value) -> jdbc.retention(InitParameters.duration("hangupby.jdbc.retention", value))));

    private JdbcParameters() {}

    static Set<String> names() {
        return KNOWN.keySet();
    }

    /** Stores tasks in the database if the parameters name its data source. */
    static void applyTo(HangUpByBuilder builder, Function<String, Optional<String>> given) {
        Optional<String> name = given.apply(DATA_SOURCE).map(String::strip).filter(value -> !value.isEmpty());
        if (name.isPresent()) {
            builder.jdbc(
                    dataSource(name.get()),
                    jdbc -> KNOWN.forEach((parameter, set) ->
                            given.apply(parameter).ifPresent(value -> set.accept(jdbc, value.strip()))));
        } else if (KNOWN.keySet().stream()
                .anyMatch(parameter -> given.apply(parameter).isPresent())) {
            throw new HangUpByConfigurationException(
                    DATA_SOURCE, "is missing, but other parameters of jdbc are set", "give it " + expected());
        }
    }

    /** Finds names of this container only: no name of the descriptor can lead to another server. */
    @SuppressWarnings("BanJNDI")
    private static DataSource dataSource(String name) {
        try {
            Object found = new InitialContext().lookup(name.startsWith("java:") ? name : ENVIRONMENT + name);
            if (found instanceof DataSource dataSource) {
                return dataSource;
            }
        } catch (NamingException absent) {
            throw notADataSource();
        }
        throw notADataSource();
    }

    private static HangUpByConfigurationException notADataSource() {
        return new HangUpByConfigurationException(
                DATA_SOURCE, "names no DataSource in JNDI", "set it to " + expected());
    }

    private static String expected() {
        return "the name of a DataSource in JNDI, such as java:comp/env/jdbc/calls";
    }
}
