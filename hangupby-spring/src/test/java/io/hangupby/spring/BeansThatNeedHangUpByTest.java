package io.hangupby.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hangupby.HangUpBy;
import io.hangupby.HangUpByConfigurationException;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Decider;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Verdict;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.Agent;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Beans that take part in hangupby's work, and that need {@link HangUpBy} themselves, directly or through another bean. */
@ExtendWith(OutputCaptureExtension.class)
class BeansThatNeedHangUpByTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    /** A service of the application's that shows explanations. */
    record Explanations(HangUpBy hangUpBy) {}

    static final class Listener implements HangUpByListener {
        private final Explanations explanations;
        private final BlockingQueue<String> explained = new LinkedBlockingQueue<>();

        Listener(Explanations explanations) {
            this.explanations = explanations;
        }

        @Override
        public void onOutcome(Outcome outcome) {
            explained.add(String.valueOf(
                    explanations.hangUpBy().explain(outcome.segment().task())));
        }
    }

    record HouseRule(HangUpBy hangUpBy) implements Decider {
        @Override
        public Verdict decide(CallEvidence evidence) {
            return new Verdict(
                    Optional.of(EndedBy.SYSTEM), "house-rule", hangUpBy.status().due() + " due", List.of());
        }
    }

    @Configuration
    @EnableAutoConfiguration
    @Import({Explanations.class, Listener.class, HouseRule.class})
    static class Application {}

    @Configuration
    @EnableAutoConfiguration
    static class Customized {
        @Bean
        HangUpByBuilderCustomizer customizer(HangUpBy hangUpBy) {
            return builder -> builder.dryRun(hangUpBy.dryRunReport().compared() > 0);
        }
    }

    record Needing(Explanations explanations) {}

    @Configuration
    @Import(Needing.class)
    static class Incomplete {}

    @Configuration
    @EnableAutoConfiguration
    static class Failing {
        @Bean
        HangUpByListener listener() {
            throw new IllegalStateException("no listener");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {HangUpByListener.class, Decider.class})
    void each_method_of_a_bean_is_called_on_the_bean(Class<?> type) {
        Class<?> lazy = type == Decider.class ? LazyDecider.class : LazyListener.class;
        assertThat(Stream.of(lazy.getDeclaredMethods()).map(Method::getName))
                .containsAll(Stream.of(type.getDeclaredMethods())
                        .filter(method ->
                                !method.isSynthetic() && !method.getName().equals("andThen"))
                        .map(Method::getName)
                        .toList());
    }

    @Test
    void a_listener_and_a_decider_may_need_hangupby() throws Exception {
        try (RunningApplication application = new RunningApplication(WebApplicationType.SERVLET, Application.class)) {
            Agent agent = application.twilio().browserAgent("Alice");
            SimulatedCall call = application
                    .twilio()
                    .inboundCall()
                    .waitsInQueue()
                    .rings(agent)
                    .accepts(agent)
                    .customerHangsUp();

            call.task().awaitHangUpBy("system", SOON);
            assertThat(application.context().getBean(Listener.class).explained.poll(10, TimeUnit.SECONDS))
                    .contains("house-rule");
        }
    }

    @Test
    void a_customizer_that_needs_hangupby_is_refused_with_the_remedy() {
        assertThatThrownBy(() -> new RunningApplication(WebApplicationType.SERVLET, Customized.class))
                .rootCause()
                .isInstanceOf(HangUpByConfigurationException.class)
                .hasMessageContaining("ObjectProvider<HangUpBy>");
    }

    @Test
    void a_bean_that_needs_hangupby_while_it_is_disabled_is_named_with_the_remedy(CapturedOutput output) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);

        assertThatThrownBy(() -> application.run("--hangupby.enabled=false"))
                .hasRootCauseInstanceOf(NoSuchBeanDefinitionException.class);
        assertThat(output)
                .contains("The bean " + Explanations.class.getName()
                        + " needs HangUpBy, and there is none, because hangupby.enabled is false.")
                .contains("Let it take ObjectProvider<HangUpBy> in place of HangUpBy.");
    }

    @Test
    void another_missing_bean_is_left_to_spring_boot(CapturedOutput output) {
        SpringApplication application = new SpringApplication(Incomplete.class);
        application.setWebApplicationType(WebApplicationType.NONE);

        assertThatThrownBy(() -> application.run("--hangupby.enabled=false"))
                .hasRootCauseInstanceOf(NoSuchBeanDefinitionException.class);
        assertThat(output).contains("required a bean of type").doesNotContain("needs HangUpBy");
    }

    @Test
    void a_listener_that_cannot_be_made_stops_the_start() {
        assertThatThrownBy(() -> new RunningApplication(WebApplicationType.SERVLET, Failing.class))
                .hasRootCauseMessage("no listener");
    }
}
