package io.hangupby.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.HangUpBy;
import jakarta.servlet.ServletRegistration;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application whose SLF4J has no provider: what hangupby says all the same. */
@Timeout(60)
class SilentLogTest {

    /** An application in a process of its own, whose container logs to the standard error, too. */
    public static final class Application {
        public static void main(String[] arguments) throws Exception {
            try (HangUpBy hangUpBy = HangUpBy.builder()
                    .accountSid("AC" + "1".repeat(32))
                    .authToken("canary-token")
                    .build()) {
                TomcatServer.with(context -> {
                            ServletRegistration.Dynamic servlet =
                                    context.addServlet("hangupby", new HangUpByServlet(hangUpBy));
                            servlet.addMapping("/hangupby/*");
                            servlet.setLoadOnStartup(1);
                        })
                        .close();
            }
        }
    }

    @Test
    void a_missing_provider_is_said_once_on_the_standard_error_with_the_remedy() throws Exception {
        assertThat(output("logback"))
                .containsOnlyOnce("hangupby works, and its log is discarded: no provider of SLF4J 2")
                .contains("add one, such as logback-classic");
    }

    @Test
    void nothing_is_said_with_a_provider() throws Exception {
        assertThat(output("no such jar")).doesNotContain("its log is discarded");
    }

    /** Returns the class path of this test, which a launcher can have put into a class loader of its own. */
    private static Stream<String> classPath() {
        ClassLoader loader = SilentLogTest.class.getClassLoader();
        return loader instanceof URLClassLoader launcher
                ? Arrays.stream(launcher.getURLs()).map(URL::getPath)
                : Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    private static String output(String absent) throws Exception {
        String classPath = classPath()
                .filter(entry -> !Path.of(entry).getFileName().toString().contains(absent))
                .collect(Collectors.joining(File.pathSeparator));
        Process application = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        Application.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(application.getInputStream().readAllBytes(), UTF_8);
        assertThat(application.waitFor()).as(output).isZero();
        return output;
    }
}
