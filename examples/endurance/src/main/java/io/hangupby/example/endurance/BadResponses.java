package io.hangupby.example.endurance;

import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.internal.hostile.HostileTwilio.ApiCall;
import io.hangupby.simulator.internal.hostile.HostileTwilio.Reply;
import io.hangupby.simulator.internal.hostile.HostileTwilio.Treatment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Some calls whose API requests Twilio treats badly for as long as the attack goes on. */
final class BadResponses implements Attack {
    /** A redirect with the JSON of the task in it. */
    static final Treatment REDIRECTS = (call, response) -> {
        Reply task = response.pass(new ApiCall("GET", call.target(), call.headers(), ""));
        response.reply(
                new Reply(302, Map.of("content-type", "application/json", "location", call.target()), task.body()));
    };

    private final int number;
    private final Predicate<ApiCall> which;
    private final List<Treatment> treatments;
    private final Duration lasts;
    private final Duration valuesWithin;
    private long began;
    private final List<SimulatedCall> calls = new ArrayList<>();
    private final Set<String> treated = ConcurrentHashMap.newKeySet();
    private Runnable relents = () -> {};

    /**
     * @param number how many calls, with these treatments in turn
     * @param which of their API requests are treated so
     * @param lasts for how long at least
     * @param valuesWithin how long after the attack the calls must have their values
     */
    BadResponses(int number, Predicate<ApiCall> which, Duration lasts, Duration valuesWithin, Treatment... treatments) {
        this.number = number;
        this.which = which;
        this.lasts = lasts;
        this.valuesWithin = valuesWithin;
        this.treatments = List.of(treatments);
    }

    @Override
    public void begin(Victim victim) throws InterruptedException {
        for (int i = 0; i < number; i++) {
            Agent agent = victim.twilio().browserAgent("Unlucky" + i);
            SimulatedCall call = victim.twilio().inboundCall().rings(agent).accepts(agent);
            calls.add(call);
            List<String> sids = Stream.of(Optional.of(call.taskSid()), call.conferenceSid(), call.customerCallSid())
                    .flatMap(Optional::stream)
                    .toList();
            Treatment treatment = treatments.get(i % treatments.size());
            victim.api()
                    .treat(
                            asked -> which.test(asked) && sids.stream().anyMatch(asked.target()::contains),
                            (asked, out) -> {
                                treated.add(call.taskSid());
                                treatment.respond(asked, out);
                            });
        }
        Thread.sleep(Duration.ofSeconds(2).toMillis());
        calls.forEach(SimulatedCall::customerHangsUp);
        relents = victim.api()::relent;
        began = System.nanoTime();
    }

    @Override
    public boolean isPlayed() {
        return System.nanoTime() - began >= lasts.toNanos();
    }

    @Override
    public void end() {
        relents.run();
    }

    @Override
    public Observation observe() {
        long deadline = System.nanoTime() + valuesWithin.toNanos();
        long right = calls.stream().filter(call -> hasValue(call, deadline)).count();
        return new Observation(
                "%d of %d calls treated badly, %d with their value in the end".formatted(treated.size(), number, right),
                right == number && treated.size() == number);
    }

    private static boolean hasValue(SimulatedCall call, long deadline) {
        try {
            call.task().awaitHangUpBy("customer", Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            return true;
        } catch (IllegalStateException late) {
            return false;
        }
    }
}
