package io.hangupby.example.endurance;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.hangupby.HangUpBy;
import io.hangupby.servlet.HangUpByServlet;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** One node: a backend in Jetty whose journal is in a database. Says on which port it listens, and ends with its input. */
final class Node {
    static final String READY = "listening on ";
    static final String PUBLIC_URL = "https://hooks.example.com/hangupby";

    private Node() {}

    /** Takes the database's URL, where Twilio is, the account's SID and its token. */
    public static void main(String[] arguments) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(arguments[0]);
        config.setUsername("postgres");
        config.setMaximumPoolSize(10);
        config.setConnectionTimeout(2_000);
        config.setInitializationFailTimeout(20_000);
        HangUpBy hangUpBy = HangUpBy.builder()
                .twilioBaseUrl(arguments[1])
                .accountSid(arguments[2])
                .authToken(arguments[3])
                .publicUrl(PUBLIC_URL)
                .maxUpdatesPerSecond(0)
                .dataSource(new HikariDataSource(config))
                .createTables(true)
                .build();
        System.out.println(READY + listen(hangUpBy));
        awaitEndOfInput();
        hangUpBy.close();
        System.exit(0);
    }

    private static int listen(HangUpBy hangUpBy) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new HangUpByServlet(hangUpBy)), "/hangupby/*");
        server.setHandler(context);
        server.start();
        return connector.getLocalPort();
    }

    private static void awaitEndOfInput() throws IOException {
        int read;
        do {
            read = System.in.read();
        } while (read >= 0);
    }
}
