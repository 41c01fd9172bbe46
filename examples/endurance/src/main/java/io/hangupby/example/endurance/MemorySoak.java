package io.hangupby.example.endurance;

import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.scenarios.CallGenerator;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Plays calls in rounds to a node with a small heap and the journal in memory, and prints the memory in use after each
 * round. Then fills the node with far too many open calls, floods it with transfers of chats, and ends one of the
 * calls.
 *
 * <p>With {@value #NEVER_COMPLETE}, no agent completes and no event ends a call, as with an events filter that excludes
 * those events. Each call stays open until it is dropped for room.
 */
public final class MemorySoak {
    private static final String NEVER_COMPLETE = "--never-complete";
    private static final String[] ENDINGS = {
        "task.completed", "task.canceled", "task.deleted", "task.system-deleted", "reservation.completed"
    };

    private static final String HEAP = "128m";
    private static final int ROUNDS = 10;
    private static final int AGENTS = 48;
    private static final int OPEN = 60_000;
    private static final int CHAT_TRANSFERS = 20_000;
    private static final Duration WRAP_UP = Duration.ofMillis(200);
    private static final Duration SOON = Duration.ofMinutes(2);

    private MemorySoak() {}

    /** Takes the number of calls. The exit code is 1 if memory grows, a value is missing or an event was rejected. */
    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.WARNING);
        boolean neverComplete = List.of(arguments).contains(NEVER_COMPLETE);
        int calls = Arrays.stream(arguments)
                .filter(argument -> !argument.equals(NEVER_COMPLETE))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(200_000);
        Path folder = Files.createDirectories(Path.of("target", "endurance"));
        boolean isRight;
        try (TwilioSimulator twilio = TwilioSimulator.builder().start();
                NodeProcess node = new NodeProcess(
                        nodeArguments(twilio, neverComplete),
                        HEAP,
                        folder.resolve("soak-node.log").toFile())) {
            node.start();
            URI address = URI.create("http://127.0.0.1:" + node.port().orElseThrow() + "/hangupby/taskrouter");
            twilio.callback(address, Node.PUBLIC_URL + "/taskrouter#rc=3&rp=ct,rt");
            if (neverComplete) {
                twilio.delivery().drop(ENDINGS);
            }
            boolean isFlat = rounds(twilio, node, calls, neverComplete);
            isRight = fill(twilio, node) && isFlat;
        }
        System.out.println(isRight ? "right" : "WRONG");
        System.exit(isRight ? 0 : 1);
    }

    private static List<String> nodeArguments(TwilioSimulator twilio, boolean neverComplete) {
        List<String> arguments =
                new ArrayList<>(List.of(twilio.baseUrl().toString(), twilio.accountSid(), twilio.authToken()));
        if (neverComplete) {
            arguments.add(Node.WITHOUT_RECOVERY);
        }
        return arguments;
    }

    private static boolean rounds(TwilioSimulator twilio, NodeProcess node, int calls, boolean neverComplete)
            throws Exception {
        System.out.println("heap " + HEAP + ", journal in memory, no limit of updates");
        System.out.println(
                "calls so far   KiB in use   tasks due   open, %   forgotten   turned away   values missing");
        int[] used = new int[ROUNDS];
        int missed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int missing = neverComplete ? wrapUpOnly(twilio, calls / ROUNDS) : complete(twilio, calls / ROUNDS, round);
            twilio.delivery().awaitQuiet(SOON);
            TimeUnit.SECONDS.sleep(10);
            int[] now = node.figures();
            used[round] = now[0];
            missed += missing;
            System.out.printf(
                    "%12d   %10d   %9d   %7d   %9d   %11d   %14d%n",
                    (round + 1) * (calls / ROUNDS), now[0], now[1], now[2], now[3], turnedAway(twilio), missing);
        }
        // The journal is full of calls after the first round or two; from then on nothing may be added.
        boolean isFlat = used[ROUNDS - 1] <= used[ROUNDS / 2] * 1.1;
        // Agents who complete after 200 ms can be too quick for a busy machine; who never completes waits for the
        // value.
        boolean hasAllValues = !neverComplete || missed == 0;
        return isFlat && hasAllValues && turnedAway(twilio) == 0;
    }

    /** Plays calls to their ends. Returns how many had a wrong value when their agents completed. */
    private static int complete(TwilioSimulator twilio, int calls, int seed) {
        AtomicInteger missing = new AtomicInteger();
        try (CallGenerator stream = CallGenerator.builder(twilio)
                .seed(seed)
                .threads(AGENTS)
                .callsPerSecond(10_000)
                .betweenSteps(Duration.ZERO, Duration.ofMillis(2))
                .wrapUp(WRAP_UP)
                .keepFinished(100)
                .onFinished(call -> missing.addAndGet(call.isAsExpected() ? 0 : 1))
                .build()) {
            stream.play(calls, Duration.ofHours(2));
        }
        return missing.get();
    }

    /** Plays calls up to their wrap-ups. Returns how many have no correct value after {@link #SOON}. */
    private static int wrapUpOnly(TwilioSimulator twilio, int calls) throws InterruptedException {
        AtomicInteger left = new AtomicInteger(calls);
        AtomicInteger missing = new AtomicInteger();
        ExecutorService agents = Executors.newFixedThreadPool(AGENTS);
        for (int i = 0; i < AGENTS; i++) {
            Agent agent = twilio.browserAgent("Agent " + i);
            agents.execute(() -> {
                while (left.getAndDecrement() > 0) {
                    missing.addAndGet(hasItsValue(twilio, agent) ? 0 : 1);
                }
            });
        }
        agents.shutdown();
        if (!agents.awaitTermination(2, TimeUnit.HOURS)) {
            throw new IllegalStateException("calls still going on");
        }
        return missing.get();
    }

    private static boolean hasItsValue(TwilioSimulator twilio, Agent agent) {
        SimulatedCall call = twilio.inboundCall().rings(agent).accepts(agent);
        call.customerHangsUp();
        try {
            call.task().awaitHangUpBy("customer", SOON);
            return true;
        } catch (IllegalStateException missing) {
            System.err.println(missing.getMessage());
            return false;
        } finally {
            twilio.forget(call.taskSid());
        }
    }

    private static int turnedAway(TwilioSimulator twilio) {
        return twilio.delivery().responses().getOrDefault(503, 0);
    }

    private static boolean fill(TwilioSimulator twilio, NodeProcess node) throws Exception {
        Agent agent = twilio.browserAgent("Alice");
        SimulatedCall first = twilio.inboundCall().rings(agent).accepts(agent);
        for (int open = 1; open < OPEN; open++) {
            twilio.inboundCall().waitsInQueue();
            if (open % 64 == 0) {
                twilio.delivery().awaitQuiet(SOON);
            }
        }
        for (int chat = 0; chat < CHAT_TRANSFERS; chat++) {
            twilio.delivery()
                    .post(new TreeMap<>(Map.of(
                            "EventType", "transfer.initiated",
                            "AccountSid", twilio.accountSid(),
                            "WorkspaceSid", twilio.workspaceSid(),
                            "TaskSid", "WT%032x".formatted(chat),
                            "TimestampMs", "1790000000000")));
        }
        twilio.delivery().awaitQuiet(SOON);
        int[] full = node.figures();
        first.customerHangsUp();
        first.task().awaitHangUpBy("customer", SOON);
        System.out.printf(
                "after %d open calls and %d transfers of chats: %d KiB in use, %d %% full, %d forgotten, %d events turned away;"
                        + " the first of them was still decided and written%n",
                OPEN, CHAT_TRANSFERS, full[0], full[2], full[3], turnedAway(twilio));
        return turnedAway(twilio) == 0;
    }
}
