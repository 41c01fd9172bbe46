package io.hangupby.simulator.rest;

import io.hangupby.simulator.account.SimulatedSetup;
import io.hangupby.simulator.internal.account.AccountState;
import io.hangupby.simulator.internal.account.SimulatedWorkspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnectionFactory;
import org.apache.hc.core5.http.impl.io.HttpService;
import org.apache.hc.core5.http.io.HttpServerConnection;
import org.apache.hc.core5.http.io.support.BasicHttpServerRequestHandler;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.ResponseConnControl;
import org.apache.hc.core5.http.protocol.ResponseContent;
import org.apache.hc.core5.io.CloseMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of the simulated API, on the loopback interface: a daemon thread for each connection. It is built on the library
 * that twilio-java has its HTTP from, so that it brings no server of its own to an application's class path. Thread-safe.
 */
public final class RestServer {

    private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);
    private static final int BACKLOG = 200;

    private final ApiCounters counters = new ApiCounters();
    private final FaultInjector faults;
    private final ServerSocket socket;
    private final ApiHandler handler;
    private final HttpService service;
    private final DefaultBHttpServerConnectionFactory connections =
            DefaultBHttpServerConnectionFactory.builder().build();
    private final Set<HttpServerConnection> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(RestServer::daemon);

    private RestServer(
            AccountState account,
            SimulatedWorkspace workspace,
            SimulatedSetup setup,
            ServerSocket socket,
            Set<String> credentials,
            long seed) {
        this.faults = new FaultInjector(seed);
        this.socket = socket;
        this.handler = new ApiHandler(new RestApi(account, workspace, setup, counters), faults, counters, credentials);
        // Not the library's own date: that of a response is of the simulator's clock.
        this.service = new HttpService(
                HttpProcessorBuilder.create()
                        .addAll(new ResponseContent(), new ResponseConnControl())
                        .build(),
                new BasicHttpServerRequestHandler((request, context) -> handler));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "simulator-api");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Starts the server.
     *
     * @param port the port, or 0 for any free port
     * @param credentials the credentials that are accepted, as {@code user:password}; if empty, all are accepted
     * @param seed what the faults at a rate come from
     */
    public static RestServer start(
            AccountState account,
            SimulatedWorkspace workspace,
            SimulatedSetup setup,
            int port,
            Set<String> credentials,
            long seed) {
        RestServer server = new RestServer(account, workspace, setup, listen(port), credentials, seed);
        server.threads.execute(server::accept);
        return server;
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            return socket;
        } catch (IOException e) {
            throw new IllegalStateException("could not start the simulator on port " + port, e);
        }
    }

    private void accept() {
        try {
            while (!socket.isClosed()) {
                Socket peer = socket.accept();
                threads.execute(() -> serve(peer));
            }
        } catch (IOException closed) {
            LOG.trace("No more connections", closed);
        }
    }

    /** Serves the requests of a connection. What fails on purpose ends it at once, which the client sees as a reset. */
    private void serve(Socket peer) {
        try (peer) {
            peer.setTcpNoDelay(true);
            HttpServerConnection connection = connections.createConnection(peer);
            open.add(connection);
            try {
                while (connection.isOpen() && !socket.isClosed()) {
                    service.handleRequest(connection, HttpCoreContext.create());
                }
                connection.close(CloseMode.GRACEFUL);
            } finally {
                open.remove(connection);
                connection.close(CloseMode.IMMEDIATE);
            }
        } catch (IOException | HttpException gone) {
            LOG.trace("A connection ended", gone);
        }
    }

    /** Returns scheme, host and port. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
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

    /** Stops the server, and breaks off all responses. */
    public void stop() {
        handler.stop();
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("could not stop the simulator", e);
        } finally {
            open.forEach(connection -> connection.close(CloseMode.IMMEDIATE));
            threads.shutdownNow();
        }
    }
}
