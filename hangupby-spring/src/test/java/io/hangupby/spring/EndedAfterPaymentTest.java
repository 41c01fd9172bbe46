package io.hangupby.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Conference.EndReason;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Finding;
import org.junit.jupiter.api.Test;

class EndedAfterPaymentTest {

    @Test
    void matches_a_paid_call_that_ended_through_the_api() {
        CallEvidence evidence =
                CallEvidence.builder().ended(EndReason.CONFERENCE_ENDED_VIA_API).build();

        assertThat(new EndedAfterPayment(task -> true).evaluate(evidence)).isInstanceOf(Finding.Matches.class);
        assertThat(new EndedAfterPayment(task -> false).evaluate(evidence)).isInstanceOf(Finding.NoMatch.class);
    }
}
