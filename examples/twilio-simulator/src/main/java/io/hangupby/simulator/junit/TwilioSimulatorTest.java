package io.hangupby.simulator.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts a simulated Twilio with an account of its own for a test class. A parameter of type
 * {@link io.hangupby.simulator.TwilioSimulator} or {@link io.hangupby.simulator.events.TwilioSigner} receives it, and so does a
 * field of these types that has no value. Faults and disturbances that a test sets end with the test.
 *
 * <p>In a Spring test the simulator belongs to the application context: it is a bean, and test classes that share a context share
 * it. The application's properties are set as if its {@code application.properties} had them: account, token, public URL and the
 * base URL of the API. Once the server listens, its callback URL is set. Use a real port:
 *
 * <pre>{@code
 * @TwilioSimulatorTest
 * @SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
 * class HangUpTest {
 *     @Test
 *     void the_customer_hangs_up(TwilioSimulator twilio) {
 *         Agent agent = twilio.browserAgent("Alice");
 *         SimulatedCall call = twilio.inboundCall().accepts(agent).customerHangsUp();
 *         call.task().awaitHangUpBy("customer", Duration.ofSeconds(10));
 *     }
 * }
 * }</pre>
 *
 * <p>These properties are there for settings of the application's own: {@code twilio-simulator.account-sid}, {@code .auth-token},
 * {@code .workspace-sid}, {@code .base-url} and {@code .public-url}, the public address of the application. Example:
 * {@code @SpringBootTest(properties = "acme.twilio.token=${twilio-simulator.auth-token}")}.
 *
 * <p>Without Spring, start the application with the simulator's account and address, for example in a {@code @BeforeAll} method
 * with a parameter {@code TwilioSimulator}, and call {@code twilio.callback(…)}.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(TwilioSimulatorExtension.class)
public @interface TwilioSimulatorTest {

    /** Sets the seed, to repeat a failure with the same SIDs. 0 takes another seed each time; the log names it. */
    long seed() default 0;

    /**
     * Sets the path of the workspace's event callback in a Spring application, such as {@code /callbacks/taskrouter} for a handler
     * behind hangupby's filter. By default it is {@code /taskrouter} below {@code hangupby.path}.
     */
    String callback() default "";

    /** Sets the public address under which Twilio knows a Spring application: scheme, host and port. */
    String publicAddress() default "https://backend.example.com";

    /** Sends conference status callbacks to {@code /conference} below {@code hangupby.path} of a Spring application. */
    boolean conferenceCallbacks() default false;

    /** Sends the events by Event Streams as well, to {@code /events} below {@code hangupby.path} of a Spring application. */
    boolean eventStreams() default false;
}
