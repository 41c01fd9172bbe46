package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.HangUpBy;
import io.hangupby.testing.CapturedLog;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A filter of the application's on all paths reads each request before {@link HangUpByServlet} does, in the container of this run. */
@Timeout(60)
class FilterInFrontTest {
    private static final String TASK = "WT" + "3".repeat(32);

    /** What the filter does with a request. */
    enum Filter {
        ASKS_FOR_A_PARAMETER(request -> request.getParameter("lang")),
        ASKS_FOR_ALL_PARAMETERS(ServletRequest::getParameterMap),
        ASKS_FOR_PARAMETERS_IN_ANOTHER_CHARSET(request -> {
            request.setCharacterEncoding("ISO-8859-1");
            request.getParameterMap();
        }),
        ASKS_FOR_PARAMETERS_IN_UTF_8(request -> {
            request.setCharacterEncoding("UTF-8");
            request.getParameterMap();
        }),
        TAKES_THE_STREAM(ServletRequest::getInputStream),
        TAKES_THE_READER(ServletRequest::getReader),
        DRAINS_THE_STREAM(request -> request.getInputStream().readAllBytes()),
        DRAINS_THE_READER(request -> request.getReader().transferTo(Writer.nullWriter())),
        READS_TEN_BYTES(request -> request.getInputStream().readNBytes(10));

        private final Reading reading;

        Filter(Reading reading) {
            this.reading = reading;
        }

        interface Reading {
            void read(HttpServletRequest request) throws IOException;
        }

        boolean takesBytes() {
            return this == DRAINS_THE_STREAM || this == DRAINS_THE_READER || this == READS_TEN_BYTES;
        }
    }

    private final HangUpBy hangUpBy = HangUpBy.builder()
            .accountSid(Message.ACCOUNT)
            .authToken(Message.TOKEN)
            .twilio(t -> t.baseUrl("http://127.0.0.1:9"))
            .shutdownTimeout(Duration.ZERO)
            .build();
    private volatile Filter filter = Filter.ASKS_FOR_A_PARAMETER;
    private Container.Running container;

    @BeforeEach
    void start() throws Exception {
        container = Container.ofThisRun().start(context -> {
            FilterRegistration.Dynamic inFront = context.addFilter("in-front", this::filter);
            inFront.setAsyncSupported(true);
            inFront.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
            for (boolean async : new boolean[] {true, false}) {
                ServletRegistration.Dynamic servlet =
                        context.addServlet("hangupby-" + async, new HangUpByServlet(hangUpBy));
                servlet.setAsyncSupported(async);
                servlet.addMapping("/" + async + "/*");
            }
        });
    }

    private void filter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        filter.reading.read((HttpServletRequest) request);
        chain.doFilter(request, response);
    }

    @AfterEach
    void stop() {
        container.close();
        hangUpBy.close();
    }

    static Stream<Arguments> readings() {
        List<Message> messages = List.of(
                Message.A_CALLBACK,
                Message.A_CALLBACK_IN_OTHER_LETTERS,
                Message.A_CALLBACK_WITHOUT_A_CHARSET,
                Message.A_CALLBACK_WITH_A_QUERY,
                Message.A_CALLBACK_IN_CHUNKS,
                Message.A_CALLBACK_IN_TWO_PACKETS);
        return Stream.of(Filter.values())
                .filter(filter -> !filter.takesBytes())
                .flatMap(filter -> messages.stream().map(message -> Arguments.of(filter, message)));
    }

    @ParameterizedTest
    @MethodSource("readings")
    void a_callback_is_accepted_though_a_filter_has_read_it(Filter filter, Message message) throws Exception {
        this.filter = filter;

        assertThat(send(message, true)).contains(" 204");
        boolean unknownLength = message == Message.A_CALLBACK_IN_CHUNKS && filter == Filter.TAKES_THE_STREAM;
        assertThat(send(message, false)).contains(unknownLength ? " 411" : " 204");
    }

    @Test
    void a_text_that_can_be_read_in_two_ways_is_accepted_as_it_was_signed() throws Exception {
        for (Filter reading : List.of(Filter.ASKS_FOR_ALL_PARAMETERS, Filter.ASKS_FOR_PARAMETERS_IN_UTF_8)) {
            filter = reading;
            // A letter and a sign that look like another letter's UTF-8.
            assertThat(send(Message.A_CALLBACK_THAT_LOOKS_MISREAD, true)).contains(" 204");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DRAINS_THE_STREAM", "DRAINS_THE_READER", "READS_TEN_BYTES"})
    void a_body_that_a_filter_has_taken_is_named_once_with_the_remedy(Filter filter) throws Exception {
        this.filter = filter;
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 3; i++) {
                assertThat(send(Message.A_CALLBACK, true)).contains(" 400");
            }
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("a filter in front of hangupby has read the body"))
                    .singleElement()
                    .asString()
                    .contains(
                            "Content-Length says "
                                    + Message.A_CALLBACK.content(TASK).length() + " bytes",
                            "Let this filter pass requests to hangupby's path by")
                    .doesNotContain("public-url");
        }
    }

    private String send(Message message, boolean async) throws IOException {
        String path = "/" + async + "/taskrouter";
        return message.send(container.port(), path, "http://127.0.0.1:" + container.port() + path, TASK)
                .toString();
    }
}
