package io.hangupby.example.contactcenter.report;

import io.hangupby.call.WorkerSid;
import io.hangupby.simulator.TwilioSimulator;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Returns agents' names. A real backend would query its staff directory; this backend knows the simulator's workers.
 */
@Component
final class AgentNames {
    private final ObjectProvider<TwilioSimulator> simulator;

    AgentNames(ObjectProvider<TwilioSimulator> simulator) {
        this.simulator = simulator;
    }

    Optional<String> of(WorkerSid worker) {
        return Optional.ofNullable(simulator.getIfAvailable()).flatMap(twilio -> twilio.agentName(worker.value()));
    }
}
