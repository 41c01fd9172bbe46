package io.hangupby;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.journal.SteppedExecutor;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.events.CallbackEvent;
import io.hangupby.simulator.events.ConferenceStatusEvent;
import io.hangupby.simulator.events.WorkspaceEvent;
import io.hangupby.simulator.scenarios.BackendSetting;
import io.hangupby.simulator.scenarios.CallScript;
import io.hangupby.simulator.scenarios.Move;
import io.hangupby.simulator.scenarios.ScriptStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * A simulated Twilio and a whole hangupby whose time is stepped by hand, so that a call of minutes takes milliseconds and happens the
 * same way each time. hangupby asks Twilio by real HTTP; events come to it through {@link HangUpBy#acceptCallback}, a tenth of a
 * second after they happened.
 */
final class SteppedBackend implements AutoCloseable {
    private static final Duration SLICE = Duration.ofMillis(250);
    private static final Duration LATENCY = Duration.ofMillis(100);
    private static final Duration SHUFFLED_LATENCY = Duration.ofMillis(400);
    private static final Duration AT_THE_END = Duration.ofSeconds(15);
    private static final Duration STEP = Duration.ofSeconds(5);

    private final SteppedExecutor time = new SteppedExecutor();
    private final TwilioSimulator twilio =
            TwilioSimulator.builder().clock(time.clock()).start();
    private final boolean callbacks;

    /**
     * @param callbacks whether hangupby gets conference status callbacks
     */
    SteppedBackend(boolean callbacks) {
        this.callbacks = callbacks;
    }

    /** Plays a call from its beginning until everybody has completed. */
    Played play(CallScript script) {
        return play(script, (hangUpBy, call) -> {});
    }

    /** Plays a call, and then does more with it and its hangupby. */
    Played play(CallScript script, BiConsumer<HangUpBy, SimulatedCall> afterwards) {
        try (HangUpBy hangUpBy = hangUpBy(script)) {
            Stage stage = new Stage(hangUpBy);
            SimulatedCall call = script.play(stage);
            stage.pass(AT_THE_END);
            Played played = Played.of(
                    script, call, () -> hangUpBy.explain(task(call.taskSid())).toString());
            afterwards.accept(hangUpBy, call);
            twilio.faults().clear();
            twilio.forget(call.taskSid());
            return played;
        }
    }

    private HangUpBy hangUpBy(CallScript script) {
        HangUpByBuilder builder = HangUpBy.builder()
                .accountSid(twilio.accountSid())
                .authToken(twilio.authToken())
                .workspaceSid(twilio.workspaceSid())
                .twilio(settings ->
                        settings.maxUpdatesPerSecond(0).baseUrl(twilio.baseUrl().toString()))
                .shutdownTimeout(Duration.ofMillis(1))
                .clock(time.clock())
                .timing(new Timing(threads -> time, time::goOn));
        script.settings().forEach(setting -> configure(builder, setting));
        return builder.build();
    }

    private static void configure(HangUpByBuilder builder, BackendSetting setting) {
        HangUpByBuilder unused = switch (setting) {
            case NO_PLUGIN -> builder.agentMarker(AgentMarker.NONE);
            case MARKER_WORDS -> builder.agentMarkerValues(Set.of(CallScript.MARKER_WORD));
            case IGNORED_PARTICIPANTS -> builder.ignoredParticipants(Set.of(CallScript.RECORDER));
        };
    }

    TwilioSimulator twilio() {
        return twilio;
    }

    /** Lets time pass without any event. */
    void pass(Duration duration) {
        time.goOn(duration);
    }

    private TaskRef task(String taskSid) {
        return new TaskRef(
                new AccountSid(twilio.accountSid()), new WorkspaceSid(twilio.workspaceSid()), new TaskSid(taskSid));
    }

    @Override
    public void close() {
        twilio.close();
    }

    /** One call on its way. */
    private final class Stage implements ScriptStage {
        private final HangUpBy hangUpBy;
        private final Set<String> seen = new HashSet<>();
        private final Set<String> lost = new HashSet<>();
        private final Set<String> lostCallbacks = new HashSet<>();
        private final Set<String> heldTypes = new HashSet<>();
        private final List<CallbackEvent> held = new ArrayList<>();
        private final Random order = new Random(1);
        private List<SimulatedCall> calls = List.of();
        private int copies = 1;
        private boolean shuffled;
        private boolean justPassed;

        Stage(HangUpBy hangUpBy) {
            this.hangUpBy = hangUpBy;
        }

        @Override
        public TwilioSimulator twilio() {
            return twilio;
        }

        @Override
        public void before(Move move, SimulatedCall call) {
            calls = List.of(call);
            deliverNew();
            boolean passes = move.text().startsWith("seconds(");
            if (!passes && !justPassed) {
                pass(STEP);
            }
            justPassed = passes;
        }

        @Override
        public void after(Move move, SimulatedCall call) {
            deliverNew();
        }

        @Override
        public void pass(Duration duration) {
            for (Duration left = duration; left.compareTo(Duration.ZERO) > 0; left = left.minus(SLICE)) {
                time.goOn(left.compareTo(SLICE) < 0 ? left : SLICE);
                deliverNew();
            }
        }

        @Override
        public void deliverTwice() {
            copies = 2;
        }

        @Override
        public void shuffle() {
            shuffled = true;
        }

        @Override
        public void repeat(SimulatedCall call, String type) {
            events(call)
                    .filter(event -> event.type().equals(type))
                    .reduce((first, second) -> second)
                    .ifPresent(this::deliver);
        }

        @Override
        public void lose(String... types) {
            lost.addAll(List.of(types));
        }

        @Override
        public void loseCallback(int number) {
            lostCallbacks.add(String.valueOf(number));
        }

        @Override
        public void holdBack(String... types) {
            heldTypes.addAll(List.of(types));
        }

        @Override
        public void deliver() {
            deliverNew();
            lost.clear();
            heldTypes.clear();
            held.forEach(this::deliver);
            held.clear();
        }

        /** Delivers what has happened since the last time. */
        private void deliverNew() {
            for (SimulatedCall call : calls) {
                events(call).filter(event -> seen.add(event.sid())).forEach(this::deliverUnlessDisturbed);
            }
        }

        private Stream<CallbackEvent> events(SimulatedCall call) {
            Stream<CallbackEvent> conference =
                    callbacks ? call.conferenceEvents().stream().map(CallbackEvent.class::cast) : Stream.empty();
            return Stream.concat(conference, call.events().stream());
        }

        private void deliverUnlessDisturbed(CallbackEvent event) {
            boolean isLostCallback = event instanceof ConferenceStatusEvent inConference
                    && lostCallbacks.contains(inConference.param("SequenceNumber"));
            if (isLostCallback || lost.contains(event.type())) {
                return;
            }
            if (heldTypes.contains(event.type())) {
                held.add(event);
                return;
            }
            for (int copy = 0; copy < copies; copy++) {
                deliver(event);
            }
        }

        private void deliver(CallbackEvent event) {
            long latency = LATENCY.toMillis() + (shuffled ? order.nextLong(SHUFFLED_LATENCY.toMillis()) : 0);
            ScheduledFuture<?> unused = time.schedule(() -> accept(event), latency, TimeUnit.MILLISECONDS);
        }

        private void accept(CallbackEvent event) {
            if (event instanceof WorkspaceEvent inWorkspace) {
                boolean unused = hangUpBy.acceptCallback(inWorkspace.params());
            } else if (event instanceof ConferenceStatusEvent inConference) {
                boolean unused = hangUpBy.acceptCallback(inConference.params());
            }
        }
    }
}
