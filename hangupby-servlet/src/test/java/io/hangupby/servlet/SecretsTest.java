package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Outcome;
import io.hangupby.simulator.CallOptions;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.Agent;
import io.hangupby.testing.CapturedLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * No shown text of a call has callers' data, numbers, tokens or agents' devices. Only an explanation names the number to which
 * a customer was transferred.
 */
class SecretsTest {
    private static final String NUMBER = "+15550100042";

    @Test
    void secrets_are_shown_nowhere() throws Exception {
        try (CapturedLog log = new CapturedLog();
                CallCentre centre = CallCentre.withEventStreamsToo()) {
            Agent agent = centre.twilio().browserAgent("Canary");
            SimulatedCall call = centre.twilio()
                    .inboundCall(CallOptions.builder()
                            .extraAttributes("\"note\":\"canary\"")
                            .build())
                    .waitsInQueue()
                    .accepts(agent)
                    .sendsCustomerTo(agent, NUMBER);
            List<Outcome> outcomes = centre.awaitOutcomes(call, 1);
            assertThat(call.task().destination()).contains(NUMBER);

            List<Object> shown = new ArrayList<>(log.lines());
            shown.addAll(List.of(centre.hangUpBy(), centre.hangUpBy().webhook()));
            for (Outcome outcome : outcomes) {
                CallEvidence evidence = outcome.evidence().orElseThrow();
                shown.addAll(List.of(
                        outcome,
                        outcome.verdict(),
                        outcome.segment(),
                        outcome.write(),
                        evidence,
                        evidence.children(),
                        evidence.otherAgents()));
            }
            assertThat(shown)
                    .hasSizeGreaterThan(10)
                    .extracting(Object::toString)
                    .allSatisfy(text -> assertThat(text)
                            .doesNotContainIgnoringCase("canary")
                            .doesNotContain(centre.twilio().authToken(), "+1555"));
        }
    }
}
