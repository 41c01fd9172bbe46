package io.hangupby.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.decision.EndedBy;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskVersion;
import io.hangupby.internal.twilio.InMemoryTwilio.Request;
import io.hangupby.twilio.WriteOnEventVersion;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A version that our own write made can be outdated: another node may have received the event that shows a later version. */
class PresumedVersionTest extends SegmentProcessorFixture {
    PresumedVersionTest() {
        super(WriteOnEventVersion.ALWAYS);
    }

    /** Only this event comes to this node, with the version that has Alice's click. */
    @Override
    void wrapsUp() {
        TaskVersion clicked = new TaskVersion(TASK, clock.instant(), Optional.of(1L), twilio.attributes(TASK), false);
        versions.received(EventType.RESERVATION_WRAPUP, TASK, () -> Optional.of(clicked));
        super.wrapsUp();
    }

    @Test
    void the_second_agents_bare_click_counts_although_this_node_knows_only_its_own_write() {
        aliceLeavesBob();
        bobClicks();
        bobsLegGoes();
        work();

        assertThat(endedBy(BOBS)).contains(EndedBy.AGENT);
        assertThat(value()).as("the value of the agent who completes first").contains("warm transfer");
    }

    @Test
    void one_read_proves_that_the_second_agent_did_not_click() {
        aliceLeavesBob();
        bobsLegGoes();
        twilio.forgetRequests();
        work();

        assertThat(endedBy(BOBS)).contains(EndedBy.DISCONNECT);
        assertThat(twilio.asked(Request.TASK)).isEqualTo(1);
        assertThat(twilio.asked(Request.UPDATE)).isZero();
    }
}
