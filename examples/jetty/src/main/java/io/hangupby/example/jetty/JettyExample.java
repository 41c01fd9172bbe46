package io.hangupby.example.jetty;

import io.hangupby.HangUpBy;
import io.hangupby.HangUpByBuilder;
import io.hangupby.servlet.HangUpByServlet;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/**
 * A server that runs only hangupby, behind a proxy on the same machine. Set the environment variables {@code
 * TWILIO_ACCOUNT_SID}, {@code TWILIO_AUTH_TOKEN} and {@code PUBLIC_URL}. {@code PORT} and {@code TWILIO_BASE_URL} are
 * optional.
 */
public final class JettyExample {

    private JettyExample() {}

    /** Runs until it is stopped. */
    public static void main(String[] arguments) throws Exception {
        Server server = start(System.getenv());
        server.setStopAtShutdown(true);
        server.join();
    }

    static Server start(Map<String, String> environment) throws Exception {
        HangUpByBuilder settings = HangUpBy.builder();
        Optional.ofNullable(environment.get("TWILIO_ACCOUNT_SID")).ifPresent(settings::accountSid);
        Optional.ofNullable(environment.get("TWILIO_AUTH_TOKEN")).ifPresent(settings::authToken);
        Optional.ofNullable(environment.get("PUBLIC_URL")).ifPresent(settings::publicUrl);
        Optional.ofNullable(environment.get("TWILIO_BASE_URL")).ifPresent(url -> settings.twilio(t -> t.baseUrl(url)));
        HangUpBy hangUpBy = settings.build();

        ServletHolder servlet = new ServletHolder(new HangUpByServlet(hangUpBy));
        servlet.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(servlet, "/hangupby/*");
        context.addEventListener(new ServletContextListener() {
            @Override
            public void contextDestroyed(ServletContextEvent stopped) {
                hangUpBy.close();
            }
        });
        int port = Integer.parseInt(environment.getOrDefault("PORT", "8080"));
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server.setHandler(context);
        server.start();
        return server;
    }
}
