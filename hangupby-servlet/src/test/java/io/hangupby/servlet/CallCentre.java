package io.hangupby.servlet;

import io.hangupby.HangUpBy;
import io.hangupby.HangUpByBuilder;
import io.hangupby.call.TaskRef;
import io.hangupby.decision.DryRunComparison;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Outcome;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.rest.ApiOperation;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** A simulated Twilio and a backend with hangupby in a real servlet container, joined by real HTTP both ways. */
final class CallCentre implements AutoCloseable {
    static final String PUBLIC_URL = "https://hooks.example.com/hangupby";
    private static final Duration SOON = Duration.ofSeconds(20);

    private final DistinctMoments clock = new DistinctMoments();
    private final TwilioSimulator twilio =
            TwilioSimulator.builder().clock(clock).start();
    private final Outcomes outcomes = new Outcomes();
    private final HangUpBy hangUpBy;
    private final Server server = new Server();
    private final URI address;

    /** Reached by Twilio through a proxy, under {@link #PUBLIC_URL}. */
    CallCentre(UnaryOperator<HangUpByBuilder> settings) throws Exception {
        this(builder -> settings.apply(builder.publicUrl(PUBLIC_URL)), Optional.of(PUBLIC_URL));
    }

    /** Reached through the proxy, with conference status callbacks set up as well. */
    static CallCentre withStatusCallbacks() throws Exception {
        return withStatusCallbacks(settings -> settings);
    }

    /** Reached through the proxy, with conference status callbacks set up as well. */
    static CallCentre withStatusCallbacks(UnaryOperator<HangUpByBuilder> settings) throws Exception {
        CallCentre centre = new CallCentre(settings);
        centre.twilio.conferenceCallback(URI.create(centre.address + "/conference"), PUBLIC_URL + "/conference");
        return centre;
    }

    /** Receives events only from Event Streams. */
    static CallCentre withEventStreamsOnly() throws Exception {
        CallCentre centre = new CallCentre(settings -> settings.publicUrl(PUBLIC_URL), Optional.empty());
        centre.twilio.eventStream(URI.create(centre.address + "/events"), PUBLIC_URL + "/events");
        return centre;
    }

    /** Receives TaskRouter's events and conference status callbacks only from Event Streams. */
    static CallCentre withConferencesFromEventStreams(UnaryOperator<HangUpByBuilder> settings) throws Exception {
        CallCentre centre = new CallCentre(builder -> settings.apply(builder.publicUrl(PUBLIC_URL)), Optional.empty());
        centre.twilio.eventStream(URI.create(centre.address + "/events"), PUBLIC_URL + "/events");
        centre.twilio.delivery().streamConferences(true);
        return centre;
    }

    /** Receives each event twice: by the callback and from Event Streams. */
    static CallCentre withEventStreamsToo() throws Exception {
        CallCentre centre = new CallCentre(settings -> settings);
        centre.twilio.eventStream(URI.create(centre.address + "/events"), PUBLIC_URL + "/events");
        return centre;
    }

    /** Receives everything that Twilio can send, in every way. */
    static CallCentre withEveryEndpoint() throws Exception {
        CallCentre centre = new CallCentre(settings -> settings);
        tell(centre.address, centre.twilio);
        return centre;
    }

    /** Configures Twilio to send a backend everything, in every way. */
    static void tell(URI address, TwilioSimulator twilio) {
        twilio.callback(URI.create(address + "/taskrouter"), PUBLIC_URL + "/taskrouter");
        twilio.conferenceCallback(URI.create(address + "/conference"), PUBLIC_URL + "/conference");
        twilio.eventStream(URI.create(address + "/events"), PUBLIC_URL + "/events");
    }

    /** Reached by Twilio at its own address. */
    static CallCentre withoutProxy() throws Exception {
        CallCentre centre = withoutPublicUrl(settings -> settings);
        centre.callback(centre.address.toString());
        return centre;
    }

    /** Receives nothing yet. */
    static CallCentre withoutPublicUrl(UnaryOperator<HangUpByBuilder> settings) throws Exception {
        return new CallCentre(settings, Optional.empty());
    }

    /** Receives events by the callback if it has a public URL, otherwise nothing yet. */
    private CallCentre(UnaryOperator<HangUpByBuilder> settings, Optional<String> publicUrl) throws Exception {
        hangUpBy = settings.apply(HangUpBy.builder()
                        .clock(clock)
                        .accountSid(twilio.accountSid())
                        .authToken(twilio.authToken())
                        .twilio(t -> t.maxUpdatesPerSecond(0))
                        .twilio(t -> t.baseUrl(twilio.baseUrl().toString()))
                        .listener(outcomes))
                .build();
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder servlet = new ServletHolder(new HangUpByServlet(hangUpBy));
        servlet.setInitOrder(1);
        context.addServlet(servlet, "/hangupby/*");
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
        address = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/hangupby");
        publicUrl.ifPresent(this::callback);
    }

    private void callback(String publicUrl) {
        twilio.callback(URI.create(address + "/taskrouter"), publicUrl + "/taskrouter");
    }

    TwilioSimulator twilio() {
        return twilio;
    }

    /** Returns the clock of Twilio, and of hangupby if its settings say so. */
    DistinctMoments clock() {
        return clock;
    }

    HangUpBy hangUpBy() {
        return hangUpBy;
    }

    /** Returns the mount point of hangupby. */
    URI address() {
        return address;
    }

    /** Waits until hangupby has processed this many segments of a call, and every request has a response. */
    List<Outcome> awaitOutcomes(SimulatedCall call, int segments) {
        List<Outcome> of = outcomes.await(call.taskSid(), segments, SOON);
        twilio.delivery().awaitQuiet(SOON);
        return of;
    }

    List<Outcome> outcomes(SimulatedCall call) {
        return outcomes.of(call.taskSid());
    }

    /** Waits until hangupby has reported an agent who completed with another agent's value. */
    List<Outcome> awaitCollision(SimulatedCall call) {
        return outcomes.awaitCollision(call.taskSid(), SOON);
    }

    List<Outcome> collisions(SimulatedCall call) {
        return outcomes.collisions(call.taskSid());
    }

    /** Waits until hangupby has reported that it parked a task. */
    void awaitParked(SimulatedCall call) {
        outcomes.awaitParked(call.taskSid(), SOON);
    }

    /** Waits until hangupby, in a dry run, has compared this many segments of a call with the values found. */
    void awaitCompared(SimulatedCall call, int segments) {
        outcomes.awaitCompared(call.taskSid(), segments, SOON);
    }

    /** Waits until hangupby has reported of this many segments of a call whether Flex Insights read their values. */
    List<Outcome> awaitCompleted(SimulatedCall call, int segments) {
        return outcomes.awaitCompleted(call.taskSid(), segments, SOON);
    }

    /** Waits until no task is due, waiting or being worked on. */
    void awaitNothingDue() {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (hangUpBy.status().due() > 0) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still due: " + hangUpBy.status());
            }
            Thread.onSpinWait();
        }
    }

    /** Returns how many requests the call took to decide and write, apart from requests that replace a late event. */
    int apiCalls(SimulatedCall call) {
        return twilio.counters().totalOfTask(call.taskSid())
                - twilio.counters().ofTask(call.taskSid(), ApiOperation.EVENTS);
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
        hangUpBy.close();
        twilio.close();
    }

    /** Collects the outcome that hangupby reports for each segment. */
    private static final class Outcomes implements HangUpByListener {
        private final List<Outcome> all = new ArrayList<>();
        private final List<Outcome> collisions = new ArrayList<>();
        private final List<Outcome> compared = new ArrayList<>();
        private final List<Outcome> completed = new ArrayList<>();
        private final Set<String> parked = new HashSet<>();

        @Override
        public synchronized void onParked(TaskRef task, String reason) {
            parked.add(task.task().value());
            notifyAll();
        }

        @Override
        public synchronized void onOutcome(Outcome outcome) {
            all.add(outcome);
            notifyAll();
        }

        @Override
        public synchronized void onCollision(Outcome outcome) {
            collisions.add(outcome);
            notifyAll();
        }

        @Override
        public synchronized void onCompared(Outcome outcome, DryRunComparison comparison) {
            compared.add(outcome);
            notifyAll();
        }

        @Override
        public synchronized void onCompleted(Outcome outcome) {
            completed.add(outcome);
            notifyAll();
        }

        synchronized List<Outcome> awaitCompleted(String taskSid, int segments, Duration limit) {
            await("completion of " + taskSid, () -> of(taskSid, completed).size() >= segments, limit);
            return of(taskSid, completed);
        }

        synchronized void awaitCompared(String taskSid, int segments, Duration limit) {
            await("comparison of " + taskSid, () -> of(taskSid, compared).size() >= segments, limit);
        }

        synchronized List<Outcome> of(String taskSid) {
            return of(taskSid, all);
        }

        private static List<Outcome> of(String taskSid, List<Outcome> outcomes) {
            return outcomes.stream()
                    .filter(outcome -> outcome.segment().task().task().value().equals(taskSid))
                    .toList();
        }

        synchronized List<Outcome> await(String taskSid, int segments, Duration limit) {
            await("outcome of " + taskSid, () -> segments(taskSid) >= segments, limit);
            return of(taskSid);
        }

        private long segments(String taskSid) {
            return of(taskSid).stream()
                    .map(outcome -> outcome.segment().reservation())
                    .distinct()
                    .count();
        }

        synchronized void awaitParked(String taskSid, Duration limit) {
            await("parking of " + taskSid, () -> parked.contains(taskSid), limit);
        }

        synchronized List<Outcome> awaitCollision(String taskSid, Duration limit) {
            await("collision of " + taskSid, () -> !collisions(taskSid).isEmpty(), limit);
            return collisions(taskSid);
        }

        synchronized List<Outcome> collisions(String taskSid) {
            return of(taskSid, collisions);
        }

        private synchronized void await(String what, BooleanSupplier isThere, Duration limit) {
            long deadline = System.nanoTime() + limit.toNanos();
            try {
                while (!isThere.getAsBoolean()) {
                    long left = (deadline - System.nanoTime()) / 1_000_000;
                    if (left <= 0) {
                        throw new AssertionError("no " + what + " within " + limit);
                    }
                    wait(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }
}
