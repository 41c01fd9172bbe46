package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.HangUpBy;
import io.hangupby.decision.Outcome;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.TaskWrite;
import io.hangupby.simulator.events.CallbackEvent;
import io.hangupby.simulator.events.EventDelivery;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Valid requests that are sent again to each endpoint, by Twilio or by a stranger. */
class ReplayTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    enum Ending {
        CUSTOMER {
            @Override
            SimulatedCall end(SimulatedCall call, Agent agent) {
                return call.customerHangsUp();
            }
        },
        CLICK {
            @Override
            SimulatedCall end(SimulatedCall call, Agent agent) {
                return call.agentClicksHangUp(agent);
            }
        },
        CRASH {
            @Override
            SimulatedCall end(SimulatedCall call, Agent agent) {
                return call.agentCrashes(agent);
            }
        };

        abstract SimulatedCall end(SimulatedCall call, Agent agent);
    }

    @ParameterizedTest
    @EnumSource
    void replayed_requests_change_nothing(Ending ending) throws Exception {
        try (CallCentre centre = CallCentre.withEveryEndpoint()) {
            Agent agent = centre.twilio().browserAgent("Alice");
            SimulatedCall call = ending.end(talk(centre, agent), agent);
            List<Outcome> outcomes = centre.awaitOutcomes(call, 1);
            EventDelivery delivery = centre.twilio().delivery();
            delivery.awaitQuiet(SOON);
            int apiCalls = centre.twilio().counters().totalOfTask(call.taskSid());
            List<TaskWrite> writes = call.task().writes();
            String attributes = call.task().attributes();

            replay(call, delivery);
            call.completes(agent);
            replay(call, delivery);
            assertThat(delivery.postBatch(call.events())).isEqualTo(204);
            // What the replay might have set going is done by the time that a whole further call is.
            centre.awaitOutcomes(talk(centre, agent).customerHangsUp(), 1);

            assertThat(delivery.responses().keySet()).containsExactly(204);
            assertThat(centre.twilio().counters().totalOfTask(call.taskSid())).isEqualTo(apiCalls);
            assertThat(call.task().writes()).isEqualTo(writes);
            assertThat(call.task().attributes()).isEqualTo(attributes);
            assertThat(centre.outcomes(call)).isEqualTo(outcomes);
        }
    }

    @ParameterizedTest
    @EnumSource
    void replayed_requests_change_nothing_of_a_forgotten_call(Ending ending) throws Exception {
        try (CallCentre centre = CallCentre.withEveryEndpoint()) {
            Agent agent = centre.twilio().browserAgent("Alice");
            SimulatedCall call = ending.end(talk(centre, agent), agent);
            centre.awaitOutcomes(call, 1);
            call.completes(agent);
            centre.twilio().delivery().awaitQuiet(SOON);
            List<TaskWrite> writes = call.task().writes();
            int apiCalls = centre.twilio().counters().totalOfTask(call.taskSid());

            try (Backend another = new Backend(centre.twilio())) {
                replay(call, centre.twilio().delivery());
                another.hangUpBy.close();
            }

            assertThat(centre.twilio().delivery().responses().keySet()).containsExactly(204);
            assertThat(centre.twilio().counters().totalOfTask(call.taskSid()))
                    .as("it looks, and finds the task completed")
                    .isGreaterThan(apiCalls);
            assertThat(call.task().writes()).isEqualTo(writes);
        }
    }

    private static SimulatedCall talk(CallCentre centre, Agent agent) {
        return centre.twilio().inboundCall().waitsInQueue().rings(agent).accepts(agent);
    }

    private static void replay(SimulatedCall call, EventDelivery delivery) {
        Stream.<CallbackEvent>concat(call.events().stream(), call.conferenceEvents().stream())
                .forEach(delivery::send);
        delivery.awaitQuiet(SOON);
    }

    /** A backend that was started after the call, and gets the events only now. */
    private static final class Backend implements AutoCloseable {
        private final HangUpBy hangUpBy;
        private final Server server = new Server();

        Backend(TwilioSimulator twilio) throws Exception {
            hangUpBy = HangUpBy.builder()
                    .accountSid(twilio.accountSid())
                    .authToken(twilio.authToken())
                    .publicUrl(CallCentre.PUBLIC_URL)
                    .twilio(t -> t.baseUrl(twilio.baseUrl().toString()))
                    .build();
            ServletContextHandler context = new ServletContextHandler();
            context.addServlet(new ServletHolder(new HangUpByServlet(hangUpBy)), "/hangupby/*");
            ServerConnector connector = new ServerConnector(server);
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            server.setHandler(context);
            server.start();
            CallCentre.tell(URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/hangupby"), twilio);
        }

        @Override
        public void close() {
            LifeCycle.stop(server);
            hangUpBy.close();
        }
    }
}
