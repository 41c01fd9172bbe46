package io.hangupby.example.endurance;

import io.hangupby.simulator.TwilioSimulator;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** Signed events of tasks that nobody ends, or that belong to no known account. */
final class ManyTasks implements Attack {
    private static final int SENDERS = 8;

    private final int number;
    private final BiFunction<TwilioSimulator, Integer, SortedMap<String, String>> event;
    private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger turnedAway = new AtomicInteger();

    /**
     * @param number how many tasks
     * @param event makes the event of each, by its number
     */
    ManyTasks(int number, BiFunction<TwilioSimulator, Integer, SortedMap<String, String>> event) {
        this.number = number;
        this.event = event;
    }

    @Override
    public void begin(Victim victim) {
        for (int i = 0; i < SENDERS; i++) {
            senders.execute(() -> send(victim.twilio()));
        }
        senders.shutdown();
    }

    private void send(TwilioSimulator twilio) {
        for (int task = next.getAndIncrement(); task < number; task = next.getAndIncrement()) {
            if (Events.post(twilio, event.apply(twilio, task)) != 204) {
                turnedAway.incrementAndGet();
            }
        }
    }

    @Override
    public boolean isPlayed() {
        return senders.isTerminated();
    }

    @Override
    public void end() throws InterruptedException {
        senders.shutdownNow();
        senders.awaitTermination(20, TimeUnit.SECONDS);
    }

    @Override
    public Observation observe() {
        return new Observation(
                "%d events of tasks, %d turned away".formatted(Math.min(next.get(), number), turnedAway.get()),
                turnedAway.get() == 0);
    }
}
