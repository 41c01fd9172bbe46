package io.hangupby.example.endurance;

import io.hangupby.example.endurance.HalfSentRequests.Request;
import io.hangupby.example.endurance.Scenario.Judged;
import io.hangupby.example.endurance.Scenario.Limits;
import io.hangupby.example.endurance.Scenario.Row;
import io.hangupby.example.endurance.Scenario.Times;
import io.hangupby.simulator.internal.hostile.Mistreatment;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * Plays attacks on applications that have hangupby in them, each in a process of its own, and prints how regular
 * traffic fared before, during and after each attack.
 */
public final class Attacks {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String SMALL = "128m";
    private static final Duration NONE = Duration.ZERO;
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(1), Duration.ofSeconds(5));
    /** Longer than the immediate retries of a request take. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final Duration LATE = Duration.ofSeconds(60);
    /** The connections of an application besides the attacker's. */
    private static final int OTHER_FILES = 1_000;

    private final Map<String, String> options;
    private final Path demo;
    private final List<Scenario> scenarios = new ArrayList<>();

    private Attacks(Map<String, String> options) {
        this.options = options;
        this.demo = Path.of(options.getOrDefault("--demo", "examples/contact-center/target/contact-center.jar"));
    }

    /** Plays the attacks and prints the table. The exit code is 1 if any check fails. */
    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.WARNING);
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        System.exit(new Attacks(options).play() ? 0 : 1);
    }

    private boolean play() throws Exception {
        if (!Files.exists(demo)) {
            throw new IllegalArgumentException("there is no " + demo + "; build it, or name the demo's jar by --demo");
        }
        addAll();
        System.out.println(conditions());
        Times times =
                new Times(Duration.ofSeconds(4), Duration.ofSeconds(5), Duration.ofSeconds(number("--seconds", 15)));
        Path folder = Path.of("target", "attacks");
        Pattern only = Pattern.compile(options.getOrDefault("--only", ""));
        List<Row> wrong = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            if (only.matcher(scenario.title()).find()) {
                Row row = scenario.play(times, LIMITS, folder.resolve("scenario-" + scenarios.indexOf(scenario)));
                System.out.println(row);
                if (!row.isRight()) {
                    wrong.add(row);
                }
            }
        }
        System.out.println(wrong.isEmpty() ? "all right" : wrong.size() + " WRONG");
        return wrong.isEmpty();
    }

    private int number(String option, int usual) {
        return Integer.parseInt(options.getOrDefault(option, Integer.toString(usual)));
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Integer.MAX_VALUE;
    }

    private String conditions() {
        return """
                JDK %s, %d processors, load %.1f, heaps of the JVM's own choice (a quarter of the memory) or as named, %d open files at the most
                others: 10 requests to the application, 10 callbacks and 3.3 calls a second
                columns: the application's requests | callbacks | from hanging up to the value; each 99th percentile / longest in ms,
                and how many had no response (or value) in 15 s, callbacks with three retries; then the heap in use after a collection, and threads
                right: 1 s for requests and callbacks, 5 s for values, or five times what it took without the attack; no error of memory
                """.formatted(
                        Runtime.version(),
                        Runtime.getRuntime().availableProcessors(),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                        openFiles());
    }

    private void addAll() {
        for (String heap : List.of("", SMALL)) {
            bodies(Setup.of(Victim.Kind.DEMO, demo).heap(heap));
        }
        filters();
        twilio();
        tasks();
        strangers();
        add(
                "a table locked",
                Setup.of(Victim.Kind.DEMO, demo).onDatabase(),
                new LockedTable(Duration.ofSeconds(number("--locked-seconds", 50))),
                Judged.PAGES);
    }

    private void bodies(Setup setup) {
        int connections = (int) Math.min(number("--connections", 5_000), openFiles() - OTHER_FILES);
        add("bodies that do not go on, to /taskrouter", setup, begun(connections, Victim.SERVLET), Judged.ALL);
        add("bodies that do not go on, to an unknown path", setup, begun(connections, "/hangupby/x"), Judged.ALL);
        add(
                "1 MiB but for a byte, to /events",
                setup,
                new HalfSentRequests(
                        600,
                        new Request(
                                "/hangupby/events?bodySHA256=" + "0".repeat(64),
                                "application/json",
                                1 << 20,
                                (1 << 20) - 1,
                                NONE,
                                NONE)),
                Judged.ALL);
    }

    private static Attack begun(int connections, String path) {
        return new HalfSentRequests(connections, new Request(path, FORM, 200_000, 11, NONE, NONE));
    }

    /** Tomcat itself holds a thread until a body has come whose handler has not read it, and so has more of them. */
    private void filters() {
        Duration soon = Duration.ofSeconds(2);
        Attack[] trickle = {
            new HalfSentRequests(30, new Request(Host.IDLE_HANDLER, FORM, 1_000, 1_000, Duration.ofSeconds(2), soon)),
            new HalfSentRequests(30, new Request(Host.IDLE_HANDLER, FORM, 1_000, 1_000, Duration.ofSeconds(2), soon))
        };
        add("a byte every 2 s, through the filter", Setup.of(Victim.Kind.JETTY_FILTER, demo), trickle[0], Judged.ALL);
        add(
                "a byte every 2 s, through the filter",
                Setup.of(Victim.Kind.TOMCAT_FILTER, demo).threads(60),
                trickle[1],
                Judged.ALL);
    }

    private void twilio() {
        Setup setup = Setup.of(Victim.Kind.DEMO, demo);
        for (String heap : List.of("", SMALL)) {
            add(
                    "16 responses of Twilio that do not end",
                    setup.heap(heap),
                    new BadResponses(
                            16,
                            call -> true,
                            LONG,
                            LATE,
                            Mistreatment.BYTES_ONE_BY_ONE,
                            Mistreatment.HEADERS_LINE_BY_LINE,
                            Mistreatment.HINTS,
                            Mistreatment.ENDLESS_CHUNKS),
                    Judged.ALL);
        }
        add(
                "16 conferences that always fail",
                setup,
                new BadResponses(16, call -> call.target().contains("/Conferences"), LONG, LATE, Mistreatment.AN_ERROR),
                Judged.ALL);
        add(
                "updates redirected, with JSON",
                setup,
                new BadResponses(8, call -> call.method().equals("POST"), LONG, LATE, BadResponses.REDIRECTS),
                Judged.ALL);
        add(
                "a clock an hour ahead of Twilio's, and conferences that fail",
                setup.twiliosClock(Duration.ofHours(-1)),
                new BadResponses(4, call -> call.target().contains("/Conferences"), LONG, LATE, Mistreatment.AN_ERROR),
                Judged.ALL);
    }

    private void tasks() {
        int number = number("--tasks", 200_000);
        Setup setup = Setup.of(Victim.Kind.DEMO, demo).heap(SMALL);
        add("calls that nobody ends", setup, new ManyTasks(number, Events::created), Judged.ALL);
        add("transfers of chats", setup, new ManyTasks(Math.min(number, 20_000), Events::transferred), Judged.ALL);
    }

    private void strangers() {
        Setup setup = Setup.of(Victim.Kind.DEMO, demo);
        add("forms of unknown accounts", setup.with(UnknownAccounts.accounts()), new UnknownAccounts(), Judged.ALL);
        add(
                "signed for another address",
                setup.withoutPublicUrl().with(List.of("--hangupby.trust-forwarded-headers=true")),
                new ForgedAddresses(),
                Judged.ALL);
        add("the report, as through nginx", setup, new ReportThroughProxy(), Judged.ALL);
    }

    private void add(String name, Setup setup, Attack attack, Judged judged) {
        scenarios.add(new Scenario(name, setup, attack, judged));
    }
}
