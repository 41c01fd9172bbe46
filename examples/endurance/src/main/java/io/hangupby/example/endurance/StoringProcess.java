package io.hangupby.example.endurance;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.hangupby.HangUpBy;
import io.hangupby.journal.JournalException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stores as many events as each line of input says, and prints the nanoseconds and the CPU nanoseconds that this took. */
final class StoringProcess {
    private static final String ACCOUNT = "AC" + "a".repeat(32);
    private static final String WORKSPACE = "WS" + "b".repeat(32);
    private static final List<String> TYPES = List.of(
            "task.created",
            "reservation.created",
            "reservation.rejected",
            "reservation.created",
            "reservation.timeout",
            "reservation.created",
            "reservation.accepted",
            "task.transfer-initiated");

    private final HangUpBy hangUpBy;
    private final int threads;
    private final ExecutorService executor;
    private final AtomicInteger next = new AtomicInteger();

    private StoringProcess(HangUpBy hangUpBy, int threads) {
        this.hangUpBy = hangUpBy;
        this.threads = threads;
        this.executor = Executors.newFixedThreadPool(threads);
    }

    /** Takes the URL of a database, its user, and the number of threads. */
    public static void main(String[] arguments) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(arguments[0]);
        config.setUsername(arguments[1]);
        config.setMaximumPoolSize(10);
        HangUpBy hangUpBy = HangUpBy.builder()
                .accountSid(ACCOUNT)
                .authToken("0123456789abcdef".repeat(2))
                .workspaceSid(WORKSPACE)
                .recovery(recovery -> recovery.interval(Duration.ZERO))
                .jdbc(new HikariDataSource(config), jdbc -> jdbc.createTables(true))
                .build();
        StoringProcess storing = new StoringProcess(hangUpBy, Integer.parseInt(arguments[2]));
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            storing.store(Integer.parseInt(line));
        }
        System.exit(0);
    }

    private void store(int events) throws InterruptedException {
        long cpu = cpu();
        long start = System.nanoTime();
        CountDownLatch done = new CountDownLatch(threads);
        AtomicInteger left = new AtomicInteger(events);
        for (int i = 0; i < threads; i++) {
            executor.execute(() -> {
                while (left.getAndDecrement() > 0) {
                    store(event(next.getAndIncrement()));
                }
                done.countDown();
            });
        }
        done.await();
        System.out.println((System.nanoTime() - start) + " " + (cpu() - cpu));
    }

    /** Sends an event again that was not stored in time, as its source would. */
    private void store(Map<String, String> event) {
        boolean isStored = false;
        while (!isStored) {
            try {
                isStored = hangUpBy.acceptCallback(event);
            } catch (JournalException notInTime) {
                isStored = false;
            }
        }
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Each call has the events of its way to an agent, in their order. */
    private static Map<String, String> event(int number) {
        int call = number / TYPES.size();
        int step = number % TYPES.size();
        long at = 1_790_000_000_000L + number;
        String type = TYPES.get(step);
        Map<String, String> event = new HashMap<>(Map.of(
                "EventType",
                type,
                "Sid",
                sid("EV", number),
                "AccountSid",
                ACCOUNT,
                "WorkspaceSid",
                WORKSPACE,
                "TaskSid",
                sid("WT", call),
                "TaskChannelUniqueName",
                "voice",
                "TaskAttributes",
                "{\"call_sid\":\"" + sid("CA", call) + "\"}",
                "Timestamp",
                Long.toString(at / 1_000),
                "TimestampMs",
                Long.toString(at)));
        if (type.startsWith("reservation.")) {
            event.put("ReservationSid", sid("WR", call * TYPES.size() + (step + 1) / 2));
            event.put("WorkerSid", sid("WK", step));
        }
        return event;
    }

    private static String sid(String prefix, int number) {
        return prefix + String.format(Locale.ROOT, "%032x", number);
    }
}
