package io.hangupby.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The listings in the docs and Javadoc are files that the tests compile and run. */
class DocumentedListingsTest {
    private static final Path SOURCES = Path.of("src/test/java/io/hangupby/spring");
    private static final Pattern LISTING = Pattern.compile("(?ms)^```java\n(.*?)^```$");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:public )?(?:final )?(?:class|record|interface) (\\w+)");

    /** What a listing of a few lines takes for granted: the objects of an application, under the names of the pages. */
    private static final String AROUND_LINES = """
            package io.hangupby.spring;

            import com.twilio.http.*;
            import io.hangupby.*;
            import io.hangupby.decision.*;
            import io.hangupby.micrometer.*;
            import io.hangupby.servlet.*;
            import io.micrometer.core.instrument.MeterRegistry;
            import io.micrometer.observation.ObservationRegistry;
            import jakarta.servlet.*;
            import java.time.Duration;
            import java.util.*;
            import javax.sql.DataSource;
            import org.apache.catalina.startup.Tomcat;
            import org.springframework.security.config.annotation.web.builders.HttpSecurity;

            class Lines {
                HangUpBy hangUpBy;
                ServletContext servletContext;
                DataSource dataSource;
                MeterRegistry meterRegistry;
                ObservationRegistry observationRegistry;
                org.apache.catalina.core.StandardContext context;
                org.apache.hc.client5.http.impl.classic.HttpClientBuilder httpClientBuilder;
                HttpSecurity http;
                String key;
                String secret;
                String workspaceSid;
                String taskSid;

                void run() throws Exception {
            %s
                }
            }
            """;

    @ParameterizedTest
    @CsvSource({
        "custom-rules, EndedAfterPayment",
        "custom-rules, EndedAfterPaymentTest",
        "custom-rules, PaymentRules",
        "migration, DryRunPage",
        "getting-started/testing, HangUpTest",
        "getting-started/testing, CallbacksTest",
        "getting-started/testing, OwnQueueTest",
        "getting-started/testing, EndedAfterPaymentTest"
    })
    void each_listing_is_a_compiled_file(String page, String name) throws IOException {
        assertThat(Files.readString(Path.of("../docs", page + ".md")))
                .contains(listing(SOURCES.resolve(name + ".java")));
    }

    @Test
    void the_test_without_spring_is_a_compiled_file() throws IOException {
        Path source = Path.of("../examples/jetty/src/test/java/io/hangupby/example/jetty/JettyExampleTest.java");
        assertThat(Files.readString(Path.of("../docs/getting-started/testing.md")))
                .contains(listing(source));
    }

    private static String listing(Path file) throws IOException {
        String source = Files.readString(file);
        return "```java\n" + source.substring(source.indexOf("import ")) + "```\n";
    }

    static Stream<Object[]> every_listing_compiles() throws IOException {
        List<Object[]> listings = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            for (Path page :
                    files.filter(DocumentedListingsTest::isPage).sorted().toList()) {
                Matcher listing = LISTING.matcher(Files.readString(page));
                while (listing.find()) {
                    if (!isOfJetty(listing.group(1))) {
                        listings.add(new Object[] {page, listing.group(1)});
                    }
                }
            }
        }
        return listings.stream();
    }

    /** Its module compiles it: Spring's tests have no Jetty. */
    private static boolean isOfJetty(String listing) {
        return listing.contains("class JettyExampleTest");
    }

    private static boolean isPage(Path file) {
        return file.toString().endsWith(".md")
                && Stream.of("/node_modules/", "/target/").noneMatch(file.toString()::contains);
    }

    @ParameterizedTest
    @MethodSource
    void every_listing_compiles(Path page, String listing, @TempDir Path classes) {
        Matcher type = TYPE.matcher(listing);
        boolean isFile = listing.startsWith("import ") && type.find();
        String name = isFile ? type.group(1) : "Lines";
        String source = isFile ? "package io.hangupby.spring;\n" + listing : AROUND_LINES.formatted(listing);
        StringWriter problems = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

        boolean compiles = compiler.getTask(
                        problems,
                        null,
                        null,
                        List.of(
                                "-proc:none",
                                "-nowarn",
                                "-d",
                                classes.toString(),
                                "-cp",
                                System.getProperty("java.class.path")),
                        null,
                        List.of(source(name, source)))
                .call();

        assertThat(compiles).as("%s: %s", page, problems).isTrue();
    }

    private static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(
                URI.create("string:///io/hangupby/spring/" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    @Test
    void the_example_of_a_customizer_is_a_compiled_file() throws IOException {
        String documented =
                Files.readString(Path.of("src/main/java/io/hangupby/spring", "HangUpByBuilderCustomizer.java"));
        String example = documented
                .substring(documented.indexOf("<pre>{@code") + "<pre>{@code".length(), documented.indexOf("}</pre>"))
                .replaceAll("(?m)^ \\*", "");

        assertThat(Files.readString(SOURCES.resolve("VocabularyCustomizer.java")))
                .containsIgnoringWhitespaces(example);
    }
}
