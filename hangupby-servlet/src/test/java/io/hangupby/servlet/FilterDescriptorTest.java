package io.hangupby.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.HangUpBy;
import io.hangupby.simulator.TwilioSimulator;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A filter and a servlet in {@code web.xml}, in the container of this run. */
@Timeout(60)
class FilterDescriptorTest {
    /** The application's own handler. */
    public static final class Callbacks extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(request.getParameter("EventType") == null ? 400 : 202);
        }

        /** Explains a task, with the HangUpBy of web.xml. */
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            HangUpBy hangUpBy = (HangUpBy) getServletContext().getAttribute(HangUpByServlet.ATTRIBUTE);
            response.getWriter().print(hangUpBy.explain(request.getParameter("ws"), request.getParameter("task")));
        }
    }

    @Test
    void a_filter_in_front_of_a_handler_gives_a_call_its_value(@TempDir Path webapp) throws Exception {
        assertGivesValue(webapp, "/callbacks", Set.of(), "customer", 202);
    }

    @Test
    void a_servlet_gives_a_call_its_value_though_its_wrap_up_is_lost(@TempDir Path webapp) throws Exception {
        assertGivesValue(webapp, "/hangupby/taskrouter", Set.of("reservation.wrapup", "task.wrapup"), "Customer", 204);
    }

    private static void assertGivesValue(Path webapp, String path, Set<String> lost, String value, int status)
            throws Exception {
        try (TwilioSimulator twilio = TwilioSimulator.builder().start()) {
            Path descriptor = Files.createDirectory(webapp.resolve("WEB-INF")).resolve("web.xml");
            Files.writeString(descriptor, descriptorFor(twilio));
            try (Container.Running container = Container.ofThisRun().start(webapp)) {
                twilio.callback(
                        URI.create("http://127.0.0.1:" + container.port() + path),
                        "https://backend.example.com" + path);
                twilio.delivery().drop(lost.toArray(String[]::new));

                String taskSid = FilterCallTest.assertGetsItsValue(twilio, value);
                assertThat(explanation(container, twilio.workspaceSid(), taskSid))
                        .contains("rule customer-left");

                assertThat(twilio.delivery().responses().keySet()).isEqualTo(Set.of(status));
            }
        }
    }

    private static String explanation(Container.Running container, String workspaceSid, String taskSid)
            throws Exception {
        URI address = URI.create(
                "http://127.0.0.1:" + container.port() + "/callbacks?ws=" + workspaceSid + "&task=" + taskSid);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String descriptorFor(TwilioSimulator twilio) throws Exception {
        try (InputStream template = FilterDescriptorTest.class.getResourceAsStream("web.xml")) {
            return new String(template.readAllBytes(), UTF_8)
                    .replace("@account-sid@", twilio.accountSid())
                    .replace("@auth-token@", twilio.authToken())
                    .replace("@base-url@", twilio.baseUrl().toString());
        }
    }
}
