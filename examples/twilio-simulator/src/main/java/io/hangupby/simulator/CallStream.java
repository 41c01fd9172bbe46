package io.hangupby.simulator;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays a random, realistic mix of calls side by side, those of one agent unless told otherwise, at a rate, and hands over each one when it is over. The same
 * seed gives the same calls, though not the same order of what happens at once. Thread-safe.
 */
public final class CallStream implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CallStream.class);

    private final TwilioSimulator twilio;
    private final Consumer<FinishedCall> consumer;
    private final Random random;
    private final Pause pause;
    private final Duration between;
    private final Duration shortestStep;
    private final Duration longestStep;
    private final Duration wrapUp;
    private final int noisePerCall;
    private final boolean tricky;
    private final List<Story> deck;
    private final int kept;
    private final Queue<String> finishedTasks = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<LiveStage.Desk> desks;
    private final ExecutorService players;
    private final ExecutorService starter = Executors.newSingleThreadExecutor(CallStream::daemon);
    private final AtomicInteger playing = new AtomicInteger();

    private CallStream(Builder builder) {
        this.twilio = builder.twilio;
        this.consumer = builder.consumer;
        this.random = new Random(builder.seed);
        this.pause = builder.pause;
        this.between = Duration.ofNanos((long) (1e9 / builder.callsPerSecond));
        this.shortestStep = builder.shortestStep;
        this.longestStep = builder.longestStep;
        this.wrapUp = builder.wrapUp;
        this.noisePerCall = builder.noisePerCall;
        this.tricky = builder.tricky;
        this.kept = builder.kept;
        this.deck = List.copyOf(builder.deck());
        this.desks = new ArrayBlockingQueue<>(builder.threads, false, desks(twilio, builder.threads));
        this.players = Executors.newFixedThreadPool(builder.threads, CallStream::daemon);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "simulator-calls");
        thread.setDaemon(true);
        return thread;
    }

    private static List<LiveStage.Desk> desks(TwilioSimulator twilio, int number) {
        List<LiveStage.Desk> desks = new ArrayList<>();
        for (int i = 1; i <= number; i++) {
            desks.add(new LiveStage.Desk(
                    twilio.browserAgent(Staff.inventedName(4 * i)),
                    twilio.deskPhoneAgent(Staff.inventedName(4 * i + 1), "+1555200%04d".formatted(i)),
                    twilio.browserAgent(Staff.inventedName(4 * i + 2)),
                    twilio.browserAgent(Staff.inventedName(4 * i + 3)),
                    "+1555300%04d".formatted(i)));
        }
        return desks;
    }

    /** Starts from one call a second, four at once, in real time, and three seconds of after-call work. */
    public static Builder builder(TwilioSimulator twilio) {
        return new Builder(twilio);
    }

    /** Begins to play so many calls and returns at once. */
    public void start(int calls) {
        starter.execute(() -> startEach(calls));
    }

    /** Begins to play calls until closed, and returns at once. */
    public void start() {
        start(Integer.MAX_VALUE);
    }

    /**
     * Plays so many calls and returns when the last one is over. Afterwards the stream is spent.
     *
     * @throws IllegalStateException if interrupted, or if that takes longer than the limit
     */
    public void play(int calls, Duration limit) {
        start(calls);
        starter.shutdown();
        try {
            long deadline = System.nanoTime() + limit.toNanos();
            boolean over = starter.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
            players.shutdown();
            if (!over || !players.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("calls still going on after " + limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calls were going on", e);
        }
    }

    /** How many calls are going on now. */
    public int playing() {
        return playing.get();
    }

    private void startEach(int calls) {
        try {
            for (int i = 0; i < calls && !players.isShutdown(); i++) {
                Story story = deck.get(random.nextInt(deck.size()));
                long seed = random.nextLong();
                LiveStage.Desk desk = desks.take();
                players.execute(() -> play(story, desk, seed));
                pause.forDuration(between);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException e) {
            LOG.debug("closed while a call was about to begin", e);
        }
    }

    private void play(Story story, LiveStage.Desk desk, long seed) {
        playing.incrementAndGet();
        try {
            FinishedCall over = play(story, desk, new Random(seed));
            consumer.accept(over);
            forgetTheOldest(over.call().taskSid());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("{} could not be played to its end", story, e);
        } finally {
            playing.decrementAndGet();
            desks.add(desk);
        }
    }

    private FinishedCall play(Story story, LiveStage.Desk desk, Random chance) throws InterruptedException {
        LiveStage stage = new LiveStage(
                twilio, desk, options(chance), () -> pause.forDuration(step(chance)), () -> pause.forDuration(wrapUp));
        twilio.noise(noisePerCall);
        Scripts.play(story, stage);
        SimulatedCall call = stage.over().call();
        return FinishedCall.of(call, story, twilio.counters().totalOfTask(call.taskSid()));
    }

    private void forgetTheOldest(String finishedTask) {
        finishedTasks.add(finishedTask);
        while (finishedTasks.size() > kept) {
            Optional.ofNullable(finishedTasks.poll()).ifPresent(twilio::forget);
        }
    }

    private CallOptions options(Random chance) {
        CallOptions.Builder options = CallOptions.builder();
        if (chance.nextBoolean()) {
            options.conversations("{\"conversation_attribute_1\":\"campaign-7\"}");
        }
        return tricky && chance.nextBoolean() ? options.trickyAttributes().build() : options.build();
    }

    private Duration step(Random chance) {
        long range = longestStep.minus(shortestStep).toMillis();
        return shortestStep.plusMillis((long) (chance.nextDouble() * range));
    }

    /** Begins no more calls and breaks off those going on. */
    @Override
    public void close() {
        starter.shutdownNow();
        players.shutdownNow();
    }

    /** Builds a {@link CallStream}. Not thread-safe. */
    public static final class Builder {

        private final TwilioSimulator twilio;
        private Consumer<FinishedCall> consumer = call -> {};
        private long seed = 1;
        private int threads = 4;
        private double callsPerSecond = 1;
        private Pause pause = Pause.real();
        private Duration shortestStep = Duration.ofMillis(50);
        private Duration longestStep = Duration.ofMillis(500);
        private Duration wrapUp = Duration.ofSeconds(3);
        private int noisePerCall;
        private boolean tricky;
        private int kept = 1000;
        private List<Story> stories = Arrays.stream(Story.values())
                .filter(story -> !story.hasManyParties())
                .toList();

        private Builder(TwilioSimulator twilio) {
            this.twilio = twilio;
        }

        /** Sets who gets each call that is over; called on the call's thread, several at once. */
        public Builder onFinished(Consumer<FinishedCall> taker) {
            this.consumer = taker;
            return this;
        }

        /** Sets what the choice of calls comes from. */
        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        /** Sets how many calls go on at once, each with an agent of its own. */
        public Builder threads(int number) {
            if (number < 1) {
                throw new IllegalArgumentException("threads must be at least 1, not " + number);
            }
            this.threads = number;
            return this;
        }

        /** Sets how many calls begin in a second, as long as an agent is free. */
        public Builder callsPerSecond(double rate) {
            if (!(rate > 0)) {
                throw new IllegalArgumentException("callsPerSecond must be above 0, not " + rate);
            }
            this.callsPerSecond = rate;
            return this;
        }

        /** Sets how time passes. */
        public Builder pause(Pause how) {
            this.pause = how;
            return this;
        }

        /** Sets the shortest and the longest pause between the steps of a call. */
        public Builder betweenSteps(Duration shortest, Duration longest) {
            this.shortestStep = shortest;
            this.longestStep = longest;
            return this;
        }

        /** Sets the time from a call's last event to its completion. */
        public Builder wrapUp(Duration time) {
            this.wrapUp = time;
            return this;
        }

        /** Sends so many irrelevant events with each call. */
        public Builder noisePerCall(int events) {
            this.noisePerCall = events;
            return this;
        }

        /** Gives about half of the calls attributes that do not survive being parsed and written again. */
        public Builder trickyAttributes() {
            this.tricky = true;
            return this;
        }

        /** Sets how many finished calls the simulator still knows; older ones it forgets. */
        public Builder keepFinished(int calls) {
            this.kept = calls;
            return this;
        }

        /** Plays only these stories, by their weights. */
        public Builder stories(Story... only) {
            this.stories = List.copyOf(Arrays.asList(only));
            return this;
        }

        /** Plays all stories: also transfers, outside parties and supervisors. */
        public Builder allKinds() {
            return stories(Story.values());
        }

        private List<Story> deck() {
            List<Story> deck = new ArrayList<>();
            for (Story story : stories) {
                for (int i = 0; i < story.weight(); i++) {
                    deck.add(story);
                }
            }
            return deck;
        }

        /** Builds the stream; nothing is played yet. */
        public CallStream build() {
            return new CallStream(this);
        }
    }
}
