package io.hangupby.example.endurance;

import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.scenarios.CallGenerator;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Plays calls in rounds to a node with a small heap and the journal in memory, and prints what is in use after each; then fills
 * it with open calls, until it takes no more, and ends one of them.
 */
public final class MemorySoak {
    private static final String HEAP = "128m";
    private static final int ROUNDS = 10;
    private static final Duration WRAP_UP = Duration.ofMillis(200);
    private static final Duration SOON = Duration.ofMinutes(2);

    private MemorySoak() {}

    /** Takes how many calls there are in all; exit code 1 if memory grows, or an open call is lost. */
    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.WARNING);
        int calls = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
        Path folder = Files.createDirectories(Path.of("target", "endurance"));
        boolean isRight;
        try (TwilioSimulator twilio = TwilioSimulator.builder().start();
                NodeProcess node = new NodeProcess(
                        List.of(twilio.baseUrl().toString(), twilio.accountSid(), twilio.authToken()),
                        HEAP,
                        folder.resolve("soak-node.log").toFile())) {
            node.start();
            URI address = URI.create("http://127.0.0.1:" + node.port().orElseThrow() + "/hangupby/taskrouter");
            twilio.callback(address, Node.PUBLIC_URL + "/taskrouter#rc=3&rp=ct,rt");
            boolean isFlat = rounds(twilio, node, calls);
            isRight = fill(twilio, node) && isFlat;
        }
        System.out.println(isRight ? "right" : "WRONG");
        System.exit(isRight ? 0 : 1);
    }

    private static boolean rounds(TwilioSimulator twilio, NodeProcess node, int calls) throws Exception {
        System.out.println("heap " + HEAP + ", journal in memory, no limit of updates");
        System.out.println("calls so far   KiB in use   tasks due   events refused   values missing");
        int[] used = new int[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            int[] missing = {0};
            try (CallGenerator stream = CallGenerator.builder(twilio)
                    .seed(round)
                    .threads(48)
                    .callsPerSecond(10_000)
                    .betweenSteps(Duration.ZERO, Duration.ofMillis(2))
                    .wrapUp(WRAP_UP)
                    .keepFinished(100)
                    .onFinished(call -> {
                        synchronized (missing) {
                            missing[0] += call.isAsExpected() ? 0 : 1;
                        }
                    })
                    .build()) {
                stream.play(calls / ROUNDS, Duration.ofHours(2));
            }
            twilio.delivery().awaitQuiet(SOON);
            TimeUnit.SECONDS.sleep(10);
            int[] now = node.usedAndDue();
            used[round] = now[0];
            System.out.printf(
                    "%12d   %10d   %9d   %14d   %14d%n",
                    (round + 1) * (calls / ROUNDS),
                    now[0],
                    now[1],
                    twilio.delivery().responses().getOrDefault(503, 0),
                    missing[0]);
        }
        // The journal is full of finished calls after the first round or two; from then on nothing may be added.
        return used[ROUNDS - 1] <= used[ROUNDS / 2] * 1.1;
    }

    private static boolean fill(TwilioSimulator twilio, NodeProcess node) throws Exception {
        Agent agent = twilio.browserAgent("Alice");
        int refusedBefore = twilio.delivery().responses().getOrDefault(503, 0);
        SimulatedCall first = twilio.inboundCall().rings(agent).accepts(agent);
        int open = 1;
        while (twilio.delivery().responses().getOrDefault(503, 0) == refusedBefore && open < 100_000) {
            for (int i = 0; i < 64; i++, open++) {
                twilio.inboundCall().waitsInQueue();
            }
            twilio.delivery().awaitQuiet(SOON);
        }
        int[] full = node.usedAndDue();
        first.customerHangsUp();
        first.task().awaitHangUpBy("customer", SOON);
        System.out.printf(
                "full with about %d open calls, %d KiB in use; the first of them was still decided and written%n",
                open, full[0]);
        return open < 100_000;
    }
}
