package io.hangupby.example.endurance;

import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.TaskWrite;
import io.hangupby.simulator.rest.Fault;
import io.hangupby.simulator.scenarios.CallGenerator;
import io.hangupby.simulator.scenarios.FinishedCall;
import io.hangupby.simulator.scenarios.FinishedSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Plays calls to two nodes on one PostgreSQL or MariaDB, kills the nodes at random moments, and reports whether each call whose
 * events received 204 got its value. Events are retried as TaskRouter does with {@code #rc=3&rp=ct,rt,5xx}.
 */
public final class KillTest {
    private static final String RESENT = "#rc=3&rp=ct,rt,5xx";
    /** Only status callbacks show the order of actions within two seconds. */
    private static final Duration SHORTEST_STEP = Duration.ofMillis(2_100);

    private static final Duration LONGEST_STEP = Duration.ofMillis(2_600);
    private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(2);

    private final Options options;
    private final Random random = new Random(1);
    private final Collection<FinishedCall> finished = new ConcurrentLinkedQueue<>();

    KillTest(Options options) {
        this.options = options;
    }

    /** Runs the test and prints its figures. The exit code is 1 if anything was lost. */
    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.WARNING);
        Options options = Options.parse(arguments);
        System.out.println(options);
        Result result = new KillTest(options).run(Path.of("target", "endurance"));
        System.out.println(result);
        System.exit(result.isRight() ? 0 : 1);
    }

    Result run(Path folder) throws Exception {
        Files.createDirectories(folder);
        try (Database database = Database.start(options.database(), folder);
                TwilioSimulator twilio = TwilioSimulator.builder().start();
                NodeProcess first = node(folder, "first", database, twilio);
                NodeProcess second = node(folder, "second", database, twilio);
                LoadBalancer balancer = new LoadBalancer(List.of(first, second))) {
            first.start();
            second.start();
            twilio.callback(
                    balancer.address().resolve("/hangupby/taskrouter"), Node.PUBLIC_URL + "/taskrouter" + RESENT);
            fail(twilio);
            ExecutorService troubles = Executors.newFixedThreadPool(2);
            Future<Integer> kills = troubles.submit(() -> kill(List.of(first, second)));
            Future<Integer> restarts = troubles.submit(() -> restart(database));
            troubles.shutdown();
            play(twilio);
            twilio.delivery().awaitQuiet(Duration.ofMinutes(1));
            return result(twilio, balancer.notReceived(), kills.get(), restarts.get());
        }
    }

    private static NodeProcess node(Path folder, String name, Database database, TwilioSimulator twilio) {
        return new NodeProcess(
                List.of(
                        twilio.baseUrl().toString(),
                        twilio.accountSid(),
                        twilio.authToken(),
                        database.url() + "?user=" + database.user()),
                "256m",
                folder.resolve(name + "-node.log").toFile());
    }

    /** Each kind of fault has an equal part in the share that fails. */
    private void fail(TwilioSimulator twilio) {
        List<Fault> faults = List.of(
                Fault.tooManyRequests(Duration.ofSeconds(1)),
                Fault.serverError(),
                Fault.unavailable(),
                Fault.reset(),
                Fault.appliedThenReset(),
                Fault.appliedThenServerError(),
                Fault.html(),
                Fault.truncated());
        faults.forEach(fault -> twilio.faults().rate(options.faults() / faults.size(), fault));
    }

    private void play(TwilioSimulator twilio) {
        int atOnce = (int) Math.min(
                options.calls(), options.callsPerSecond() * (options.wrapUp().toSeconds() + 30));
        try (CallGenerator calls = CallGenerator.builder(twilio)
                .allScenarios()
                .threads(atOnce)
                .callsPerSecond(options.callsPerSecond())
                .betweenSteps(SHORTEST_STEP, LONGEST_STEP)
                .wrapUp(options.wrapUp())
                .unrelatedEventsPerCall(2)
                .trickyAttributes()
                .keepFinished(options.calls())
                .onFinished(finished::add)
                .build()) {
            calls.play(
                    options.calls(),
                    options.stream().plus(options.wrapUp().multipliedBy(4)).plusMinutes(2));
        }
    }

    /** Kills are spread over the time in which calls begin and the agents' after-call work behind it. */
    private int kill(List<NodeProcess> nodes) throws IOException, InterruptedException {
        long between = options.kills() == 0
                ? 0
                : options.stream().plus(options.wrapUp().dividedBy(2)).toMillis() / options.kills();
        for (int killed = 0; killed < options.kills(); killed++) {
            pause(between / 2 + random.nextLong(Math.max(1, between / 2)));
            NodeProcess node = nodes.get(random.nextInt(nodes.size()));
            node.kill();
            pause(random.nextLong(Math.min(LONGEST_ABSENCE.toMillis(), Math.max(1, between / 2))));
            node.start();
        }
        return options.kills();
    }

    private int restart(Database database) throws IOException, InterruptedException {
        for (int i = 0; i < options.databaseRestarts(); i++) {
            pause(options.stream().toMillis() / (options.databaseRestarts() + 1));
            database.restart();
        }
        return options.databaseRestarts();
    }

    private static void pause(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    private Result result(TwilioSimulator twilio, Set<String> notReceived, int kills, int restarts) {
        List<String> wrong = new ArrayList<>();
        List<Duration> times = new ArrayList<>();
        int segments = 0;
        int wrongNotReceived = 0;
        int writtenTwice = 0;
        int damaged = 0;
        for (FinishedCall call : finished) {
            boolean received = !notReceived.contains(call.call().taskSid());
            for (FinishedSegment segment : call.segments()) {
                segments++;
                segment.timeToValue().ifPresent(times::add);
                if (!segment.isAsExpected() && received) {
                    wrong.add(call.scenario() + ": " + segment.hangUpBy().orElse("nothing") + " in place of "
                            + segment.expected().hangUpBy().orElse("nothing") + " ("
                            + call.call().taskSid() + ")");
                }
                wrongNotReceived += !segment.isAsExpected() && !received ? 1 : 0;
            }
            writtenTwice += (int) call.call().task().writes().stream()
                    .filter(TaskWrite::applied)
                    .filter(write -> write.before().equals(write.after()))
                    .count();
            damaged += Leaves.of(call.call().task().baseline())
                            .equals(Leaves.of(call.call().task().attributes()))
                    ? 0
                    : 1;
        }
        times.sort(Duration::compareTo);
        return new Result(
                finished.size(),
                segments,
                (int) finished.stream()
                        .filter(call -> notReceived.contains(call.call().taskSid()))
                        .count(),
                wrong,
                wrongNotReceived,
                writtenTwice,
                damaged,
                kills,
                restarts,
                twilio.faults().injected(),
                times.isEmpty() ? Duration.ZERO : times.get(times.size() / 2),
                last(times).orElse(Duration.ZERO));
    }

    private static Optional<Duration> last(List<Duration> times) {
        return times.isEmpty() ? Optional.empty() : Optional.of(times.get(times.size() - 1));
    }
}
