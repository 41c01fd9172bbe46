package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes on one PostgreSQL share the updates that an account allows in a second. */
@Timeout(180)
class SharedLimitTest {
    private static final int SETTING = 20;
    private static final int ACCOUNT = 10;
    private static final int CALLS = 40;
    private static final Duration SOON = Duration.ofSeconds(60);

    private final EmbeddedPostgres postgres = SharedNode.startPostgres();
    private final TwilioSimulator twilio =
            TwilioSimulator.builder().clock(new DistinctMoments()).start();
    private final SharedNode first = node();
    private final SharedNode second = node();

    @AfterEach
    void end() throws IOException {
        first.close();
        second.close();
        twilio.close();
        postgres.close();
    }

    @Test
    void each_has_half_of_the_setting_and_a_node_alone_has_all_of_it() {
        await(() -> perSecond(first) == SETTING / 2 && perSecond(second) == SETTING / 2);

        second.close();

        await(() -> perSecond(first) == SETTING);
    }

    @Test
    void together_they_stay_at_the_accounts_limit_without_a_storm_of_rejections() {
        await(() -> perSecond(first) == SETTING / 2 && perSecond(second) == SETTING / 2);
        twilio.setup().taskRateLimit(ACCOUNT);
        AtomicInteger turn = new AtomicInteger();
        twilio.delivery().eventStream(batch -> {
            SharedNode next = turn.getAndIncrement() % 2 == 0 ? first : second;
            boolean unused = next.hangUpBy().acceptCloudEvents(batch);
        });
        List<SimulatedCall> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            Agent agent = twilio.browserAgent("Agent " + i);
            calls.add(twilio.inboundCall().waitsInQueue().accepts(agent));
        }

        calls.forEach(SimulatedCall::customerHangsUp);

        calls.forEach(call -> call.task().awaitHangUpBy("customer", SOON));
        assertThat(perSecond(first) + perSecond(second)).isLessThanOrEqualTo(ACCOUNT);
        assertThat(twilio.counters().statuses().getOrDefault(429, 0)).isLessThan(CALLS / 2);
    }

    private SharedNode node() {
        return new SharedNode(postgres, twilio, builder -> builder.twilio(t -> t.maxUpdatesPerSecond(SETTING)));
    }

    private static int perSecond(SharedNode node) {
        return node.hangUpBy().status().twilio().get(0).updatesPerSecond();
    }

    private static void await(BooleanSupplier isSo) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
