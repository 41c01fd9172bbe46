package io.hangupby.simulator.scenarios;

import io.hangupby.simulator.CallOptions;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays a random, realistic mix of calls in parallel at a given rate, and passes on each call when it is finished. By
 * default each call has one agent. The same seed gives the same calls, but not the same order of simultaneous events.
 * Thread-safe.
 */
public final class CallGenerator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CallGenerator.class);

    private final TwilioSimulator twilio;
    private final Consumer<FinishedCall> consumer;
    private final Random random;
    private final StepDelay delay;
    private final Duration between;
    private final Duration shortestStep;
    private final Duration longestStep;
    private final Duration wrapUp;
    private final int unrelatedEventsPerCall;
    private final boolean tricky;
    private final boolean inTurn;
    private final List<CallScenario> weighted;
    private final int kept;
    private final Queue<String> finishedTasks = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<GeneratorStage> stages;
    private final ExecutorService players;
    private final ExecutorService starter = Executors.newSingleThreadExecutor(CallGenerator::daemon);
    private final AtomicInteger playing = new AtomicInteger();

    private CallGenerator(Builder builder) {
        this.twilio = builder.twilio;
        this.consumer = builder.consumer;
        this.random = new Random(builder.seed);
        this.delay = builder.delay;
        this.between = Duration.ofNanos((long) (1e9 / builder.callsPerSecond));
        this.shortestStep = builder.shortestStep;
        this.longestStep = builder.longestStep;
        this.wrapUp = builder.wrapUp;
        this.unrelatedEventsPerCall = builder.unrelatedEventsPerCall;
        this.tricky = builder.tricky;
        this.inTurn = builder.inTurn;
        this.kept = builder.kept;
        this.weighted = List.copyOf(builder.weighted());
        this.stages = new ArrayBlockingQueue<>(builder.threads, false, stages(builder.threads));
        this.players = Executors.newFixedThreadPool(builder.threads, CallGenerator::daemon);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "simulator-calls");
        thread.setDaemon(true);
        return thread;
    }

    private List<GeneratorStage> stages(int number) {
        return IntStream.range(0, number)
                .mapToObj(i ->
                        new GeneratorStage(twilio, delay, wrapUp, this::step, i * ScriptedAgent.values().length + 4))
                .toList();
    }

    /** Returns a builder with one call per second, four in parallel, in real time, with three seconds of after-call work. */
    public static Builder builder(TwilioSimulator twilio) {
        return new Builder(twilio);
    }

    /** Starts to play this number of calls and returns at once. */
    public void start(int calls) {
        starter.execute(() -> startEach(calls));
    }

    /** Starts to play calls until {@link #close}, and returns at once. */
    public void start() {
        start(Integer.MAX_VALUE);
    }

    /**
     * Plays this number of calls and returns when the last call is finished. Afterwards the generator cannot be used again.
     *
     * @throws IllegalStateException if interrupted, or if it takes longer than the limit
     */
    public void play(int calls, Duration limit) {
        start(calls);
        starter.shutdown();
        try {
            long deadline = System.nanoTime() + limit.toNanos();
            boolean over = starter.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
            players.shutdown();
            if (!over || !players.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("calls not finished after " + limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calls were being played", e);
        }
    }

    /** Returns how many calls are being played now. */
    public int playing() {
        return playing.get();
    }

    private void startEach(int calls) {
        try {
            for (int i = 0; i < calls && !players.isShutdown(); i++) {
                CallScenario scenario = weighted.get(inTurn ? i % weighted.size() : random.nextInt(weighted.size()));
                long seed = random.nextLong();
                GeneratorStage stage = stages.take();
                players.execute(() -> play(scenario, stage, seed));
                delay.pass(between);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException e) {
            LOG.debug("Closed while a call was about to begin", e);
        }
    }

    private void play(CallScenario scenario, GeneratorStage stage, long seed) {
        playing.incrementAndGet();
        try {
            FinishedCall finished = play(scenario, stage, new Random(seed));
            consumer.accept(finished);
            forgetOldest(finished.call().taskSid());
        } catch (GeneratorStage.StoppedException e) {
            LOG.debug("Closed while {} was being played", scenario, e);
        } catch (RuntimeException e) {
            LOG.warn("Could not play {} to its end; see the exception", scenario, e);
        } finally {
            playing.decrementAndGet();
            stages.add(stage);
        }
    }

    private FinishedCall play(CallScenario scenario, GeneratorStage stage, Random chance) {
        twilio.sendUnrelatedEvents(unrelatedEventsPerCall);
        stage.begin(chance, options(chance));
        SimulatedCall call = scenario.script().play(stage);
        return FinishedCall.of(call, scenario, stage, twilio.counters().totalOfTask(call.taskSid()));
    }

    private void forgetOldest(String finishedTask) {
        finishedTasks.add(finishedTask);
        while (finishedTasks.size() > kept) {
            Optional.ofNullable(finishedTasks.poll()).ifPresent(twilio::forget);
        }
    }

    private CallOptions.Builder options(Random chance) {
        CallOptions.Builder options = CallOptions.builder();
        if (chance.nextBoolean()) {
            options.conversations("{\"conversation_attribute_1\":\"campaign-7\"}");
        }
        return tricky && chance.nextBoolean() ? options.trickyAttributes() : options;
    }

    private Duration step(Random chance) {
        long range = longestStep.minus(shortestStep).toMillis();
        return shortestStep.plusMillis((long) (chance.nextDouble() * range));
    }

    /** Starts no more calls and interrupts those being played. */
    @Override
    public void close() {
        starter.shutdownNow();
        players.shutdownNow();
    }

    /** Builds a {@link CallGenerator}. Not thread-safe. */
    public static final class Builder {

        private final TwilioSimulator twilio;
        private Consumer<FinishedCall> consumer = call -> {};
        private long seed = 1;
        private int threads = 4;
        private double callsPerSecond = 1;
        private StepDelay delay = StepDelay.real();
        private Duration shortestStep = Duration.ofMillis(50);
        private Duration longestStep = Duration.ofMillis(500);
        private Duration wrapUp = Duration.ofSeconds(3);
        private int unrelatedEventsPerCall;
        private boolean tricky;
        private boolean inTurn;
        private int kept = 1000;
        private List<CallScenario> scenarios = CallScenarios.all().stream()
                .filter(scenario -> scenario.weight() > 0 && !scenario.hasManyParties())
                .toList();

        private Builder(TwilioSimulator twilio) {
            this.twilio = twilio;
        }

        /** Sets what receives each finished call. It is called on the thread of the call, so by several threads at once. */
        public Builder onFinished(Consumer<FinishedCall> receiver) {
            this.consumer = receiver;
            return this;
        }

        /** Sets the seed of the choice of calls. */
        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        /** Sets how many calls are played in parallel, each with its own agents. */
        public Builder threads(int number) {
            if (number < 1) {
                throw new IllegalArgumentException("threads must be at least 1, not " + number);
            }
            this.threads = number;
            return this;
        }

        /** Sets how many calls begin per second, as long as agents are free. */
        public Builder callsPerSecond(double rate) {
            if (!(rate > 0)) {
                throw new IllegalArgumentException("callsPerSecond must be above 0, not " + rate);
            }
            this.callsPerSecond = rate;
            return this;
        }

        /** Sets how time passes between the steps. */
        public Builder stepDelay(StepDelay how) {
            this.delay = how;
            return this;
        }

        /** Sets the shortest and the longest pause between the steps of a call. */
        public Builder betweenSteps(Duration shortest, Duration longest) {
            this.shortestStep = shortest;
            this.longestStep = longest;
            return this;
        }

        /** Sets the time from the end of a call to its completion. */
        public Builder wrapUp(Duration time) {
            this.wrapUp = time;
            return this;
        }

        /** Sends this number of unrelated events with each call. */
        public Builder unrelatedEventsPerCall(int events) {
            this.unrelatedEventsPerCall = events;
            return this;
        }

        /** Gives about half of the calls attributes that change if they are parsed and written again. */
        public Builder trickyAttributes() {
            this.tricky = true;
            return this;
        }

        /** Sets how many finished calls the simulator remembers. It forgets older calls. */
        public Builder keepFinished(int calls) {
            this.kept = calls;
            return this;
        }

        /** Plays only these scenarios, by their weights; a scenario outside the mix has a weight of 1. */
        public Builder scenarios(CallScenario... only) {
            this.scenarios = List.copyOf(Arrays.asList(only));
            return this;
        }

        /** Plays these scenarios one after another, again and again. */
        public Builder inTurn(List<CallScenario> calls) {
            this.scenarios = List.copyOf(calls);
            this.inTurn = true;
            return this;
        }

        /** Plays all scenarios, those with transfers, outside parties and supervisors included. */
        public Builder allScenarios() {
            this.scenarios = CallScenarios.all().stream()
                    .filter(scenario -> scenario.weight() > 0)
                    .toList();
            return this;
        }

        private List<CallScenario> weighted() {
            List<CallScenario> weighted = new ArrayList<>();
            for (CallScenario scenario : scenarios) {
                for (int i = 0; i < (inTurn ? 1 : Math.max(1, scenario.weight())); i++) {
                    weighted.add(scenario);
                }
            }
            return weighted;
        }

        /** Builds the generator, without playing a call. */
        public CallGenerator build() {
            return new CallGenerator(this);
        }
    }
}
