package io.hangupby.example.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.hangupby.HangUpBy;
import io.hangupby.call.TaskRef;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Outcome;
import io.hangupby.servlet.HangUpByServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/**
 * The measured side: a Tomcat with the two servlets. It prints its port, then its {@link ServerFigures} for each line
 * of standard input, and ends with the input.
 */
final class Server implements HangUpByListener {
    /** Both paths have the same length, so that requests have too. */
    static final String BASELINE = "/baseline/taskrouter";

    static final String HANGUPBY = "/hangupby/taskrouter";

    /** Asks for figures once the compiler is idle and the garbage is collected. */
    static final String SETTLE = "settle";

    private static final int COMPILER_IDLE_MILLIS = 500;
    private static final int LONGEST_SETTLING = 40;

    private static final Logger ROOT_LOGGER = Logger.getLogger("");

    private final AtomicLong decisions = new AtomicLong();
    private final AtomicLong apiCalls = new AtomicLong();

    private Server() {}

    static void run() throws Exception {
        ROOT_LOGGER.setLevel(Level.WARNING);
        new Server().serve();
    }

    private void serve() throws Exception {
        Path home = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "hangupby-benchmark"));
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(home.toString());
        Connector connector = new Connector();
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(0);
        connector.setProperty("maxKeepAliveRequests", "-1");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", home.toString());
        tomcat.init();
        int port = connector.getLocalPort();
        try (HangUpBy hangUpBy = hangUpBy("http://127.0.0.1:" + port)) {
            mount(context, "baseline", new BaselineServlet(), "/baseline/*");
            mount(context, "hangupby", new HangUpByServlet(hangUpBy), "/hangupby/*");
            mount(context, "twilio", new TwilioServlet(apiCalls), "/*");
            tomcat.start();
            System.out.println(port);
            printFigures();
        }
        // Tomcat is not stopped, because its clean-up checks take time and serve no purpose here.
        System.exit(0);
    }

    private HangUpBy hangUpBy(String twilioBaseUrl) {
        return HangUpBy.builder()
                .accountSid(Invented.ACCOUNT_SID)
                .workspaceSid(Invented.WORKSPACE_SID)
                .authToken(Invented.AUTH_TOKEN)
                .publicUrl(Invented.PUBLIC_URL)
                .twilio(t -> t.baseUrl(twilioBaseUrl))
                .listener(this)
                .build();
    }

    private static void mount(Context context, String name, HttpServlet servlet, String path) {
        Wrapper mounted = Tomcat.addServlet(context, name, servlet);
        mounted.setAsyncSupported(true);
        mounted.addMapping(path);
    }

    private void printFigures() throws IOException, InterruptedException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String question = questions.readLine(); question != null; question = questions.readLine()) {
            if (question.equals(SETTLE)) {
                settle();
            }
            System.out.println(figures().line());
        }
    }

    /** Waits for the compiler and collects garbage, so that a round does not pay for the round before. */
    private static void settle() throws InterruptedException {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        long before = -1;
        for (int i = 0; i < LONGEST_SETTLING && compiler.getTotalCompilationTime() != before; i++) {
            before = compiler.getTotalCompilationTime();
            Thread.sleep(COMPILER_IDLE_MILLIS);
        }
        System.gc();
    }

    private ServerFigures figures() {
        long cpuNanos =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
        long usedHeap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new ServerFigures(cpuNanos, usedHeap, decisions.get(), apiCalls.get());
    }

    @Override
    public void onOutcome(Outcome outcome) {
        decisions.incrementAndGet();
    }

    @Override
    public void onParked(TaskRef task, String reason) {
        decisions.incrementAndGet();
    }

    /** Does what any servlet must do that receives events: reads the whole body and responds as Twilio expects. */
    private static final class BaselineServlet extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.getInputStream().transferTo(OutputStream.nullOutputStream());
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            response.setContentType("application/json");
        }
    }

    /** Replaces Twilio's API, and counts requests, of which there should be none. */
    private static final class TwilioServlet extends HttpServlet {
        private static final long serialVersionUID = 1;

        private final transient AtomicLong calls;

        TwilioServlet(AtomicLong calls) {
            this.calls = calls;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            calls.incrementAndGet();
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
