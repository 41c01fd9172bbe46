package io.hangupby.decision;

import static io.hangupby.decision.CallEvidenceBuilder.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Conference;
import io.hangupby.call.Participant;
import org.junit.jupiter.api.Test;

class CallEvidenceBuilderTest {

    @Test
    void a_conference_in_progress_has_the_legs_that_are_named_connected_and_talking() {
        CallEvidence evidence = CallEvidence.builder().inProgressWith(CUSTOMER).build();

        assertThat(evidence.conference()).map(Conference::ended).contains(false);
        assertThat(evidence.participants().orElseThrow()).containsExactly(new Participant(CUSTOMER, true, true));
    }
}
