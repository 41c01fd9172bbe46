package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Outcome;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.SimulatedTask.BrowserCopy;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.simulator.rest.Fault;
import io.hangupby.simulator.scenarios.CallGenerator;
import io.hangupby.simulator.scenarios.FinishedCall;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes on one PostgreSQL, behind a load balancer that gives each request to the next of them. */
@Timeout(120)
class TwoNodesTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final EmbeddedPostgres postgres = SharedNode.startPostgres();
    private final TwilioSimulator twilio =
            TwilioSimulator.builder().clock(new DistinctMoments()).start();
    private final Server server = new Server();
    private final BlockingQueue<String> recorded = new LinkedBlockingQueue<>();
    private final SharedNode first = node();
    private final SharedNode second = node();
    private final Balancer balancer = new Balancer(List.of(first, second));

    private SharedNode node() {
        return new SharedNode(
                postgres,
                twilio,
                builder -> builder.twilio(t -> t.maxUpdatesPerSecond(0)).listener(new HangUpByListener() {
                    @Override
                    public void onOutcome(Outcome outcome) {
                        recorded.add(outcome.segment().task().task().value());
                    }
                }));
    }

    @BeforeEach
    void join_them() throws Exception {
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(balancer), "/hangupby/*");
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
        URI address = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/hangupby");
        twilio.callback(URI.create(address + "/taskrouter"), address + "/taskrouter");
        twilio.conferenceCallback(URI.create(address + "/conference"), address + "/conference");
    }

    @AfterEach
    void end() throws Exception {
        LifeCycle.stop(server);
        first.close();
        second.close();
        twilio.close();
        postgres.close();
    }

    @Test
    void calls_of_all_kinds_get_their_values_whichever_node_is_told() {
        Collection<FinishedCall> finished = new ConcurrentLinkedQueue<>();
        try (CallGenerator calls = CallGenerator.builder(twilio)
                .allScenarios()
                .threads(12)
                .callsPerSecond(20)
                .betweenSteps(Duration.ofMillis(20), Duration.ofMillis(100))
                .wrapUp(Duration.ofSeconds(4))
                .unrelatedEventsPerCall(3)
                .trickyAttributes()
                .onFinished(finished::add)
                .build()) {
            calls.play(60, Duration.ofSeconds(90));
        }

        assertThat(finished)
                .hasSize(60)
                .allSatisfy(call -> assertThat(call.isAsExpected())
                        .as("%s: %s", call.scenario(), call.segments())
                        .isTrue());
    }

    @Test
    void a_value_that_flex_ui_wipes_is_written_again_whichever_node_receives_the_update() throws Exception {
        Agent alice = twilio.browserAgent("Alice");
        for (int i = 0; i < 4; i++) {
            SimulatedCall call = twilio.inboundCall().waitsInQueue().accepts(alice);
            BrowserCopy browser = call.task().openInBrowser();
            call.customerHangsUp();
            awaitRecorded(call.taskSid());

            wipedAndWrittenAgain(call, browser, alice);
        }
    }

    @Test
    void a_value_that_is_wiped_before_its_outcome_is_recorded_is_written_again() throws Exception {
        Agent alice = twilio.browserAgent("Alice");
        for (int i = 0; i < 4; i++) {
            SimulatedCall call = twilio.inboundCall().waitsInQueue().accepts(alice);
            BrowserCopy browser = call.task().openInBrowser();
            twilio.faults().next(ApiOperation.TASK_WRITE, Fault.appliedThenSlow(Duration.ofSeconds(1)));
            call.customerHangsUp();
            call.task().awaitHangUpBy("customer", SOON);

            wipedAndWrittenAgain(call, browser, alice);
            awaitRecorded(call.taskSid());
            awaitRecorded(call.taskSid());
            twilio.delivery().awaitQuiet(SOON);
            assertThat(recorded).isEmpty();
        }
    }

    private static void wipedAndWrittenAgain(SimulatedCall call, BrowserCopy browser, Agent agent) throws Exception {
        browser.saves("\"solved\"", "disposition");
        assertThat(call.task().hangUpBy()).isEmpty();

        call.task().awaitHangUpBy("customer", SOON);
        assertThat(call.task().attributes()).contains("\"disposition\":\"solved\"");
        call.completes(agent);
        assertThat(call.hangUpByAtCompletion(call.reservationSid(agent))).contains("customer");
    }

    @Test
    void what_a_node_received_before_it_ended_the_other_one_knows() {
        Agent alice = twilio.browserAgent("Alice");
        SimulatedCall call = twilio.inboundCall().waitsInQueue().rings(alice).accepts(alice);
        twilio.delivery().awaitQuiet(SOON);
        assertThat(balancer.given(first)).isPositive();
        assertThat(balancer.given(second)).isPositive();

        balancer.without(first);
        first.close();
        call.customerHangsUp();

        call.task().awaitHangUpBy("customer", SOON);
        twilio.delivery().awaitQuiet(SOON);
        // The second node has the callbacks that the first one received, so that it reads the task, and writes.
        assertThat(twilio.counters().totalOfTask(call.taskSid())).isEqualTo(2);
    }

    private void awaitRecorded(String task) throws InterruptedException {
        Optional<String> next;
        do {
            next = Optional.ofNullable(recorded.poll(SOON.toMillis(), TimeUnit.MILLISECONDS));
            assertThat(next).isPresent();
        } while (!next.equals(Optional.of(task)));
    }

    /** Sends each request to the next running node. */
    private static final class Balancer extends HttpServlet {
        private static final long serialVersionUID = 1;

        private final transient Map<SharedNode, HangUpByServlet> servlets;
        private final transient Collection<SharedNode> given = new ConcurrentLinkedQueue<>();
        private final AtomicInteger requests = new AtomicInteger();
        private transient volatile List<SharedNode> left;

        Balancer(List<SharedNode> nodes) {
            this.servlets = nodes.stream()
                    .collect(Collectors.toMap(node -> node, node -> new HangUpByServlet(node.hangUpBy())));
            this.left = nodes;
        }

        void without(SharedNode gone) {
            left = left.stream().filter(node -> node != gone).toList();
        }

        long given(SharedNode node) {
            return given.stream().filter(node::equals).count();
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            List<SharedNode> now = left;
            SharedNode next = now.get(requests.getAndIncrement() % now.size());
            given.add(next);
            Objects.requireNonNull(servlets.get(next)).service(request, response);
        }
    }
}
