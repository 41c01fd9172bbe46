package io.hangupby.example.endurance;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A database server of our own, which can be restarted. */
interface Database extends AutoCloseable {

    /** Starts the server that is called so: postgresql or mariadb. */
    static Database start(String name, Path folder) throws IOException {
        return name.equals("mariadb") ? new MariaDb(folder) : new Postgres(folder);
    }

    /** Returns the URL of an empty database. */
    String url();

    /** Creates a schema, and returns its URL. */
    String newSchema(String name) throws SQLException;

    /** Returns the CPU time that the server has used. */
    Duration cpu() throws IOException;

    /** Returns the user, who needs no password. */
    String user();

    /** Ends the server, which breaks off all connections, and starts it again with what it had committed. */
    void restart() throws IOException;

    /** Executes a statement in the empty database. */
    default void execute(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), user(), "");
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        }
    }

    @Override
    void close() throws IOException;
}
