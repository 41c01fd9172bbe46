package io.hangupby.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.security.RequestValidator;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.events.TwilioSigner;
import io.hangupby.simulator.junit.TwilioSimulatorTest;
import io.hangupby.simulator.rest.Fault;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.Environment;

/** The test kit in a Spring Boot application. */
class TestKitTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static SimulatedCall endedCall(TwilioSimulator twilio) {
        Agent agent = twilio.browserAgent("Alice");
        return twilio.inboundCall().waitsInQueue().accepts(agent).customerHangsUp();
    }

    @Nested
    @TwilioSimulatorTest
    @SpringBootTest(
            classes = TestedApplication.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {
                "hangupby.enabled=false",
                "hangupby.api-key=SK0",
                "hangupby.api-secret=s",
                "hangupby.auth-tokens=another",
                "hangupby.public-url=https://elsewhere.example.com/hangupby",
                "hangupby.twilio.region=ie1",
                "hangupby.twilio.edge=dublin",
                "acme.token=${twilio-simulator.auth-token}"
            })
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    @SuppressWarnings("NullAway.Init") // the extension sets the fields
    class WithSettingsOfProduction {
        static TwilioSimulator ofAll;
        TwilioSimulator ofField;
        TwilioSigner signer;

        @Autowired
        TwilioSimulator bean;

        @Autowired
        Environment environment;

        @Value("${acme.token}")
        String token;

        @Test
        void the_value_arrives(TwilioSimulator twilio) {
            endedCall(twilio).task().awaitHangUpBy("customer", SOON);
        }

        @Test
        void parameters_fields_and_beans_are_the_same_simulator(TwilioSimulator twilio, TwilioSigner ofParameter) {
            assertThat(List.of(ofAll, ofField, bean)).containsOnly(twilio);
            assertThat(signer.signature("https://a.example.com"))
                    .isEqualTo(ofParameter.signature("https://a.example.com"));
        }

        @Test
        void the_application_has_a_new_account_and_its_settings_can_name_it(TwilioSimulator twilio) {
            assertThat(twilio.accountSid()).isNotEqualTo(TwilioSimulator.DEFAULT_ACCOUNT_SID);
            assertThat(environment.getProperty("hangupby.account-sid")).isEqualTo(twilio.accountSid());
            assertThat(token).isEqualTo(twilio.authToken());
        }

        @Test
        @Order(1)
        void a_test_can_disturb_requests_and_events(TwilioSimulator twilio) {
            twilio.faults().rate(1, Fault.unavailable());
            twilio.delivery().drop("task.created");
        }

        @Test
        @Order(2)
        void the_next_test_is_undisturbed(TwilioSimulator twilio) {
            SimulatedCall call = endedCall(twilio);
            call.task().awaitHangUpBy("customer", SOON);
            assertThat(twilio.counters().responsesOfTask(call.taskSid()))
                    .allMatch(response -> response.endsWith(" 200"));
        }
    }

    @Nested
    @TwilioSimulatorTest(conferenceCallbacks = true, eventStreams = true, publicAddress = "https://hooks.example.com/")
    @SpringBootTest(
            classes = TestedApplication.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {"hangupby.path=/hooks/twilio/", "server.servlet.context-path=/app"})
    class BelowAnotherPath {
        @Test
        void all_three_endpoints_receive_events(TwilioSimulator twilio) {
            SimulatedCall call = endedCall(twilio);
            call.task().awaitHangUpBy("customer", SOON);
            twilio.delivery().awaitQuiet(SOON);
            assertThat(twilio.delivery().responses().keySet()).containsExactly(204);
            assertThat(twilio.delivery().report(call.taskSid()))
                    .contains(
                            "/app/hooks/twilio/taskrouter, signed for https://hooks.example.com/app/hooks/twilio/taskrouter",
                            "/app/hooks/twilio/conference, signed for",
                            "/app/hooks/twilio/events, signed for",
                            "participant-leave: 204");
        }
    }

    @Nested
    @TwilioSimulatorTest
    @SpringBootTest(classes = TestedApplication.class)
    class WithoutAServer {
        @Test
        void the_message_names_the_web_environment(TwilioSimulator twilio) {
            SimulatedCall call = endedCall(twilio);
            assertThatThrownBy(() -> call.task().awaitHangUpBy("customer", Duration.ofMillis(1)))
                    .hasMessageContaining("webEnvironment = RANDOM_PORT");
        }
    }

    @Nested
    @TwilioSimulatorTest(seed = 42)
    @SuppressWarnings("NullAway.Init") // the extension sets the fields
    class WithoutSpring {
        static TwilioSimulator ofAll;
        TwilioSigner signer;

        @Test
        void the_seed_is_the_one_that_was_given(TwilioSimulator twilio) {
            assertThat(twilio.seed()).isEqualTo(42);
            assertThat(ofAll).isSameAs(twilio);
        }

        @Test
        void twilio_java_accepts_what_is_signed(TwilioSimulator twilio) throws URISyntaxException {
            RequestValidator validator = new RequestValidator(twilio.authToken());
            String url = "https://backend.example.com/callbacks?tenant=a%20b";
            Map<String, String> form =
                    Map.of("EventType", "task.created", "TaskAttributes", "{\"a\":\"é & +\"}", "Empty", "");
            String batch = "[{\"id\":\"é\"}]";

            assertThat(validator.validate(url, form, signer.signature(url, form)))
                    .isTrue();
            assertThat(validator.validate(url, form, new TwilioSigner("another").signature(url, form)))
                    .isFalse();
            String withHash = TwilioSigner.withBodyHash(url, batch);
            assertThat(validator.validate(withHash, batch, signer.signature(withHash)))
                    .isTrue();
        }

        @Nested
        class InANestedClass {
            @Test
            void the_simulator_is_that_of_the_enclosing_class(TwilioSimulator twilio) {
                assertThat(twilio).isSameAs(ofAll);
            }
        }
    }
}
