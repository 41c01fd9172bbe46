package io.hangupby.example.endurance;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.hangupby.HangUpBy;
import io.hangupby.HangUpByBuilder;
import io.hangupby.servlet.HangUpByServlet;
import io.hangupby.telemetry.HangUpByStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * One node: a backend in Jetty. It prints its port, prints its figures for each line of input, and ends with the input.
 */
final class Node {
    static final String READY = "listening on ";
    static final String WITHOUT_RECOVERY = "without-recovery";
    static final String PUBLIC_URL = "https://hooks.example.com/hangupby";

    private Node() {}

    /**
     * Takes where Twilio is, the account's SID, its token and, unless the journal is in memory, the database's URL, or in memory
     * {@link #WITHOUT_RECOVERY}.
     */
    public static void main(String[] arguments) throws Exception {
        HangUpByBuilder settings = HangUpBy.builder()
                .twilio(t -> t.baseUrl(arguments[0]))
                .accountSid(arguments[1])
                .authToken(arguments[2])
                .publicUrl(PUBLIC_URL)
                .twilio(t -> t.maxUpdatesPerSecond(0));
        if (arguments.length > 3 && arguments[3].equals(WITHOUT_RECOVERY)) {
            settings.recovery(r -> r.interval(Duration.ZERO));
        } else if (arguments.length > 3) {
            settings.jdbc(pool(arguments[3]), jdbc -> jdbc.createTables(true));
        }
        HangUpBy hangUpBy = settings.build();
        System.out.println(READY + listen(hangUpBy));
        printFigures(hangUpBy);
        hangUpBy.close();
        System.exit(0);
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(10);
        config.setConnectionTimeout(2_000);
        config.setInitializationFailTimeout(20_000);
        return new HikariDataSource(config);
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

    /** For each line of input, prints the memory in use, the number of due tasks, and how full the journal is. */
    private static void printFigures(HangUpBy hangUpBy) throws IOException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (questions.readLine() != null) {
            System.gc();
            Runtime heap = Runtime.getRuntime();
            HangUpByStatus status = hangUpBy.status();
            System.out.println((heap.totalMemory() - heap.freeMemory()) / 1024 + " " + status.due() + " "
                    + status.journalPercentFull() + " " + status.forgotten());
        }
    }
}
