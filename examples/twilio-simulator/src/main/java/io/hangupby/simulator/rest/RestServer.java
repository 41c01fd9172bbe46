package io.hangupby.simulator.rest;

import io.hangupby.simulator.account.AccountState;
import io.hangupby.simulator.account.SimulatedWorkspace;
import java.net.URI;
import java.util.Set;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server of the simulated API, on the loopback interface. Thread-safe. */
public final class RestServer {

    private static final int MAX_THREADS = 64;

    private final ApiCounters counters = new ApiCounters();
    private final FaultInjector faults;
    private final ServerConnector connector;

    private RestServer(int port, long seed) {
        this.faults = new FaultInjector(seed);
        this.connector = connector(port);
    }

    /**
     * Starts the server.
     *
     * @param port the port, or 0 for any free port
     * @param credentials the credentials that are accepted, as {@code user:password}; if empty, all are accepted
     * @param seed what the faults at a rate come from
     */
    public static RestServer start(
            AccountState account, SimulatedWorkspace workspace, int port, Set<String> credentials, long seed) {
        RestServer started = new RestServer(port, seed);
        RestApi api = new RestApi(account, workspace, started.counters);
        Server server = started.connector.getServer();
        server.setHandler(new ApiHandler(api, started.faults, started.counters, credentials));
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("could not start the simulator on port " + port, e);
        }
        return started;
    }

    private static ServerConnector connector(int port) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("simulator-api");
        threads.setDaemon(true);
        Server server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        return connector;
    }

    /** Returns scheme, host and port. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    /** Returns the counters of the API calls. */
    public ApiCounters counters() {
        return counters;
    }

    /** Returns the faults of the API calls. */
    public FaultInjector faults() {
        return faults;
    }

    /** Forgets the calls about one task; the totals stay. */
    public void forget(String taskSid) {
        counters.forget(taskSid);
    }

    /** Stops the server. */
    public void stop() {
        try {
            connector.getServer().stop();
        } catch (Exception e) {
            throw new IllegalStateException("could not stop the simulator", e);
        }
    }
}
