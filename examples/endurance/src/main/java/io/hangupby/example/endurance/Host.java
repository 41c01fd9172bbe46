package io.hangupby.example.endurance;

import io.hangupby.HangUpBy;
import io.hangupby.servlet.HangUpByFilter;
import io.hangupby.servlet.HangUpByServlet;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An application with hangupby in it, on Jetty or on Tomcat, with a page and handlers of callbacks of its own. */
final class Host {
    static final String READY = "listening on ";
    static final String PAGE = "/page";
    static final String HANDLER = "/callbacks/taskrouter";
    /** The filter is in front of this handler too, which reads no body. */
    static final String IDLE_HANDLER = "/callbacks/idle";

    static final String PUBLIC_URL = "https://hooks.example.com/hangupby";
    static final String PUBLIC_HANDLER = "https://hooks.example.com" + HANDLER;

    private Host() {}

    /** Takes {@code jetty} or {@code tomcat}, how many threads it has, where Twilio is, the account's SID and its token. */
    public static void main(String[] arguments) throws Exception {
        HangUpBy hangUpBy = HangUpBy.builder()
                .twilio(t -> t.baseUrl(arguments[2]))
                .accountSid(arguments[3])
                .authToken(arguments[4])
                .publicUrl(PUBLIC_URL)
                .twilio(t -> t.maxUpdatesPerSecond(0))
                .build();
        int threads = Integer.parseInt(arguments[1]);
        int port = arguments[0].equals("jetty") ? jetty(hangUpBy, threads) : tomcat(hangUpBy, threads);
        System.out.println(READY + port);
    }

    private static void register(HangUpBy hangUpBy, ServletContext application) {
        ServletRegistration.Dynamic servlet = application.addServlet("hangupby", new HangUpByServlet(hangUpBy));
        servlet.addMapping("/hangupby/*");
        servlet.setAsyncSupported(true);
        application.addServlet("page", new Page()).addMapping(PAGE, IDLE_HANDLER);
        application.addServlet("handler", new Handler()).addMapping(HANDLER);
        FilterRegistration.Dynamic filter =
                application.addFilter("hangupby", new HangUpByFilter(hangUpBy, PUBLIC_HANDLER));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/callbacks/*");
    }

    private static int jetty(HangUpBy hangUpBy, int threads) throws Exception {
        Server server = new Server(new QueuedThreadPool(threads));
        // Acceptors and selectors are among the threads.
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.addServletContainerInitializer((classes, application) -> register(hangUpBy, application));
        server.setHandler(context);
        server.start();
        return connector.getLocalPort();
    }

    private static int tomcat(HangUpBy hangUpBy, int threads) throws Exception {
        String folder = Files.createTempDirectory("tomcat").toString();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder);
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxThreads", Integer.toString(threads));
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", folder);
        context.addServletContainerInitializer((classes, application) -> register(hangUpBy, application), Set.of());
        tomcat.start();
        return connector.getLocalPort();
    }

    /** Responds at once, and reads nothing. */
    private static final class Page extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            response.getOutputStream().write("here\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Reads the event's form. */
    private static final class Handler extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) {
            boolean isEvent = request.getParameter("EventType") != null;
            response.setStatus(isEvent ? HttpServletResponse.SC_OK : HttpServletResponse.SC_BAD_REQUEST);
        }
    }
}
