package io.hangupby.example.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures what hangupby's starter adds to the start of a Spring Boot application. The application is started in
 * separate JVMs, with and without hangupby's jars, in turn. It reports figures without a verdict.
 */
public final class StartUp {
    private static final int ROUNDS = 21;

    private final Path target;

    private StartUp(Path target) {
        this.target = target;
    }

    /** Runs the measurement. The libraries must be beside this program's jar. */
    public static void main(String... args) throws Exception {
        Path jar = Path.of(StartUp.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        new StartUp(jar.resolveSibling("")).compare();
    }

    private void compare() throws Exception {
        List<Integer> without = new ArrayList<>();
        List<Integer> with = new ArrayList<>();
        // The first start of each reads the jars from the disk.
        started(false);
        started(true);
        for (int round = 0; round < ROUNDS; round++) {
            without.add(started(false));
            with.add(started(true));
        }
        System.out.printf(
                "Start of an empty Spring Boot web application, from its JVM's beginning; %d rounds in turn, %d cores%n%n",
                ROUNDS, Runtime.getRuntime().availableProcessors());
        System.out.printf("%-22s %10s %10s%n", "ms", "median", "fastest");
        row("without hangupby", without);
        row("with its starter", with);
        System.out.printf("%nadded: %d ms%n", median(with) - median(without));
    }

    private static void row(String name, List<Integer> millis) {
        System.out.printf(
                "%-22s %10d %10d%n",
                name,
                median(millis),
                millis.stream().mapToInt(Integer::intValue).min().orElseThrow());
    }

    private static int median(List<Integer> millis) {
        return millis.stream().sorted().toList().get(millis.size() / 2);
    }

    private int started(boolean withHangUpBy) throws IOException, InterruptedException {
        Process application = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(withHangUpBy),
                        "io.hangupby.example.benchmark.StartedApplication",
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=warn",
                        "--hangupby.account-sid=" + Invented.ACCOUNT_SID,
                        "--hangupby.auth-token=" + Invented.AUTH_TOKEN,
                        "--hangupby.public-url=" + Invented.PUBLIC_URL,
                        "--hangupby.recovery.interval=0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(application.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        application.waitFor();
        return Integer.parseInt(said.substring(said.lastIndexOf('\n') + 1));
    }

    /** Not this jar itself, whose manifest names all libraries. */
    private String classPath(boolean withHangUpBy) throws IOException {
        try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
            return Stream.concat(
                            Stream.of(target.resolve("classes")),
                            libraries.sorted().filter(library -> withHangUpBy || !isOurs(library)))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static boolean isOurs(Path library) {
        String name = String.valueOf(library.getFileName());
        return name.startsWith("hangupby-") || name.startsWith("twilio-") || name.startsWith("resilience4j-");
    }
}
