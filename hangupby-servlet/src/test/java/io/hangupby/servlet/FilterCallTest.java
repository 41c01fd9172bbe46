package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hangupby.HangUpBy;
import io.hangupby.HangUpByConfigurationException;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.testing.CapturedLog;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A call whose callbacks go to the application's own handler, behind the filter. */
@Timeout(60)
class FilterCallTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TwilioSimulator twilio = TwilioSimulator.builder().start();

    @AfterEach
    void close() {
        twilio.close();
    }

    /** Only handlers that read: the simulator sends head and body apart, and an unread body may arrive after the response. */
    @ParameterizedTest
    @EnumSource(names = {"ALL_PARAMETERS", "THE_STREAM_AT_ONCE", "ASYNC_WITH_A_READ_LISTENER"})
    void gets_its_value(Handler handler) throws Exception {
        String publicUrl = "https://backend.example.com/callbacks?tenant=a%20b";
        try (HangUpBy hangUpBy = HangUpBy.builder()
                        .accountSid(twilio.accountSid())
                        .authToken(twilio.authToken())
                        .publicUrl("https://backend.example.com/hangupby")
                        .twilio(t -> t.baseUrl(twilio.baseUrl().toString()))
                        .recovery(r -> r.interval(Duration.ZERO))
                        .build();
                Handlers handlers = new Handlers(new HangUpByFilter(hangUpBy, publicUrl + "#rc=3"))) {
            twilio.callback(address(handlers.port(), Handlers.OBSERVED + handler), publicUrl);

            assertGetsItsValue();
        }
        assertThat(twilio.delivery().responses().keySet()).isEqualTo(Set.of(200));
    }

    @Test
    void gets_its_value_from_a_filter_that_is_declared_with_init_parameters() throws Exception {
        Container.Application application = context -> {
            Handlers.mount(context);
            FilterRegistration.Dynamic filter = context.addFilter("hangupby", HangUpByFilter.class);
            assertThat(filter.setInitParameters(Map.of(
                            "account-sid", twilio.accountSid(),
                            "auth-token", twilio.authToken(),
                            "twilio.base-url", twilio.baseUrl().toString(),
                            "filter.public-url", "https://backend.example.com/callbacks")))
                    .isEmpty();
            Handlers.watch(filter);
        };
        try (Container.Running container = Container.ofThisRun().start(application)) {
            twilio.callback(
                    address(container.port(), Handlers.OBSERVED + Handler.ALL_PARAMETERS),
                    "https://backend.example.com/callbacks");

            assertGetsItsValue();
        }
    }

    private static URI address(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private void assertGetsItsValue() {
        assertGetsItsValue(twilio, "customer");
    }

    /** Plays a call until its customer hangs up and every event has a response. Returns the SID of the call's task. */
    static String assertGetsItsValue(TwilioSimulator twilio, String value) {
        Agent agent = twilio.browserAgent("Alice");
        SimulatedCall call =
                twilio.inboundCall().waitsInQueue().rings(agent).accepts(agent).customerHangsUp();
        call.task().awaitHangUpBy(value, SOON);
        twilio.delivery().awaitQuiet(SOON);
        return call.taskSid();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "/one, none, '[/one]; checking their signatures for the address of each request, because "
                        + "hangupby.filter.public-url is not set', 1",
                "/one, https://me:canary@cc.example.com/one?key=canary#rc=3, "
                        + "'[/one]; checking their signatures for https://…@cc.example.com/one', 0",
                "/one, https://cc.example.com/proxied/one, checking their signatures for https://cc.example.com/proxied/one, 0",
                "/one, https://cc.example.com/one/, seem to miss the filter's URL patterns [/one], 1",
                "/one, https://cc.example.com/two, seem to miss the filter's URL patterns [/one], 1",
                "/one/*, https://cc.example.com/one/two, checking their signatures for https://cc.example.com/one/two, 0",
                "/one/*, https://cc.example.com/one, checking their signatures for https://cc.example.com/one, 0",
                "/one/*, https://cc.example.com/onetwo, seem to miss the filter's URL patterns [/one/*], 1",
                "*.do, https://cc.example.com/one.do, checking their signatures for https://cc.example.com/one.do, 0",
                "/one /two, https://cc.example.com/one, count as wrongly signed, 1",
                "/one /two, none, that were signed for another host, 1"
            })
    void the_start_logs_what_is_observed(String patterns, String publicUrl, String expected, int warnings)
            throws Exception {
        try (CapturedLog log = new CapturedLog();
                HangUpBy hangUpBy = HangUpBy.builder()
                        .accountSid(twilio.accountSid())
                        .authToken(twilio.authToken())
                        .twilio(t -> t.baseUrl(twilio.baseUrl()))
                        .build();
                Container.Running container = Container.ofThisRun()
                        .start(context -> context.addFilter("hangupby", new HangUpByFilter(hangUpBy, publicUrl))
                                .addMappingForUrlPatterns(
                                        EnumSet.of(DispatcherType.REQUEST), false, patterns.split(" ", -1)))) {
            assertThat(container.port()).isPositive();
            assertThat(log.lines())
                    .noneMatch(line -> line.contains("canary"))
                    .anyMatch(line -> line.startsWith("Observing TaskRouter's callbacks to "))
                    .anyMatch(line -> line.contains(expected))
                    .filteredOn(line -> Stream.of("seem to miss", "count as wrongly signed", "signed for another host")
                            .anyMatch(line::contains))
                    .hasSize(warnings);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "backend.example.com/callbacks", "ftp://backend.example.com/callbacks", "https://"})
    void a_malformed_public_url_is_rejected_by_name(String publicUrl) {
        try (HangUpBy hangUpBy = HangUpBy.builder()
                .accountSid(twilio.accountSid())
                .authToken(twilio.authToken())
                .build()) {
            assertThatThrownBy(() -> new HangUpByFilter(hangUpBy, publicUrl))
                    .isInstanceOfSatisfying(
                            HangUpByConfigurationException.class,
                            wrong -> assertThat(wrong.property()).isEqualTo("hangupby.filter.public-url"));
        }
    }
}
