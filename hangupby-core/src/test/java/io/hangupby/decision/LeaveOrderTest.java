package io.hangupby.decision;

import static io.hangupby.call.ParticipantLeft.Reason.MODERATOR_ENDED_CONFERENCE;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_HUNG_UP;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.BROWSER;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.LEFT;
import static io.hangupby.decision.Evidence.OTHER_AGENTS_BROWSER;
import static io.hangupby.decision.Evidence.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.OtherAgent;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLeft.Reason;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.ParticipantLogBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeaveOrderTest {
    private static final LegRoles ROLES = new LegRoles(
            Optional.of(CUSTOMER), Optional.of(AGENT), Optional.of(BROWSER), List.of(), Set.of(), Map.of());

    private static ParticipantLeft left(CallSid leg, int order, Instant at, Reason reason) {
        return new ParticipantLeft(leg, order, at, Optional.of(reason), false);
    }

    private static LeaveOrder order(ParticipantLeft... leaves) {
        return order(ROLES, leaves);
    }

    private static LeaveOrder order(LegRoles roles, ParticipantLeft... leaves) {
        ParticipantLogBuilder builder = ParticipantLog.builder();
        List.of(leaves).forEach(builder::left);
        ParticipantLog log = builder.build();
        return LeaveOrder.in(log, roles, Evidence.withoutConference().build().segment());
    }

    @Test
    void the_lower_number_left_first_whatever_the_second() {
        LeaveOrder order = order(
                left(CUSTOMER, 4, LEFT.plusSeconds(1), PARTICIPANT_HUNG_UP), left(AGENT, 5, LEFT, PARTICIPANT_HUNG_UP));

        assertThat(order.customerFirst()).isTrue();
        assertThat(order.agentFirst()).isFalse();
    }

    @Test
    void the_agent_left_first_with_the_lower_number() {
        LeaveOrder order =
                order(left(AGENT, 4, LEFT, PARTICIPANT_HUNG_UP), left(CUSTOMER, 5, LEFT, PARTICIPANT_HUNG_UP));

        assertThat(order.agentFirst()).isTrue();
        assertThat(order.customerFirst()).isFalse();
    }

    @Test
    void one_known_leave_is_no_order() {
        assertThat(order(left(CUSTOMER, 4, LEFT, PARTICIPANT_HUNG_UP)).customerFirst())
                .isFalse();
        assertThat(order(left(AGENT, 4, LEFT, PARTICIPANT_HUNG_UP)).agentFirst())
                .isFalse();
    }

    @Test
    void legs_that_left_because_the_conference_ended_are_in_no_order() {
        LeaveOrder order = order(
                left(CUSTOMER, 4, LEFT, MODERATOR_ENDED_CONFERENCE), left(AGENT, 5, LEFT, MODERATOR_ENDED_CONFERENCE));

        assertThat(order.customerFirst()).isFalse();
        assertThat(order.agentFirst()).isFalse();
    }

    @Test
    void a_leave_of_more_than_three_seconds_away_is_not_this_segments() {
        LeaveOrder near = order(left(AGENT, 4, LEFT.minusSeconds(3), PARTICIPANT_HUNG_UP));
        LeaveOrder far = order(left(AGENT, 4, LEFT.minusMillis(3001), PARTICIPANT_HUNG_UP));

        assertThat(near.agent()).isPresent();
        assertThat(far.agent()).isEmpty();
    }

    @Test
    void of_several_legs_to_the_agents_device_the_leave_nearest_to_the_segments_end_counts() {
        LegRoles roles = new LegRoles(
                Optional.of(CUSTOMER),
                Optional.empty(),
                Optional.of(BROWSER),
                List.of(),
                Set.of(),
                Map.of(AGENT, toAgentsBrowser(AGENT), STRANGER, toAgentsBrowser(STRANGER)));
        ParticipantLeft own = left(AGENT, 5, LEFT, PARTICIPANT_HUNG_UP);

        assertThat(order(roles, left(STRANGER, 4, LEFT.minusSeconds(2), PARTICIPANT_HUNG_UP), own)
                        .agent())
                .contains(own);
        assertThat(order(roles, own, left(STRANGER, 6, LEFT.plusSeconds(2), PARTICIPANT_HUNG_UP))
                        .agent())
                .contains(own);
    }

    private static CallLookup toAgentsBrowser(CallSid leg) {
        return new CallLookup.Found(
                Evidence.call(leg, Call.Status.COMPLETED, Optional.of(BROWSER), Optional.of(LEFT)), false);
    }

    @Test
    void a_leave_that_is_nearer_to_another_reservation_of_the_same_worker_is_not_this_segments() {
        OtherAgent earlier = new OtherAgent(
                Evidence.ANOTHER,
                Optional.of(BROWSER),
                LEFT.minusSeconds(60),
                Optional.of(LEFT.minusSeconds(2)),
                Optional.empty());
        LegRoles roles = new LegRoles(
                Optional.of(CUSTOMER), Optional.of(AGENT), Optional.of(BROWSER), List.of(earlier), Set.of(), Map.of());
        ParticipantLeft halfway = left(AGENT, 4, LEFT.minusSeconds(1), PARTICIPANT_HUNG_UP);

        assertThat(order(roles, left(AGENT, 4, LEFT.minusSeconds(2), PARTICIPANT_HUNG_UP))
                        .agent())
                .isEmpty();
        assertThat(order(roles, halfway).agent()).contains(halfway);
    }

    @Test
    void another_reservation_on_another_device_or_an_unknown_one_takes_no_leave() {
        ParticipantLeft own = left(AGENT, 4, LEFT.minusSeconds(2), PARTICIPANT_HUNG_UP);

        assertThat(order(beside(Optional.of(OTHER_AGENTS_BROWSER)), own).agent())
                .contains(own);
        assertThat(order(beside(Optional.empty()), own).agent()).contains(own);
        assertThat(order(beside(Optional.of(BROWSER)), own).agent()).isEmpty();
    }

    /** Another agent left two seconds before this one. */
    private static LegRoles beside(Optional<Address> device) {
        OtherAgent other = new OtherAgent(
                Evidence.ANOTHER, device, LEFT.minusSeconds(60), Optional.of(LEFT.minusSeconds(2)), Optional.empty());
        return new LegRoles(
                Optional.of(CUSTOMER), Optional.of(AGENT), Optional.of(BROWSER), List.of(other), Set.of(), Map.of());
    }

    @Test
    void an_unknown_leg_is_not_the_agents() {
        ParticipantLeft own = left(AGENT, 5, LEFT.minusSeconds(1), PARTICIPANT_HUNG_UP);

        assertThat(order(left(STRANGER, 4, LEFT, PARTICIPANT_HUNG_UP)).agent()).isEmpty();
        assertThat(order(left(STRANGER, 4, LEFT, PARTICIPANT_HUNG_UP), own).agent())
                .contains(own);
    }

    @Test
    void of_two_leaves_as_near_the_first_counts() {
        LegRoles roles = new LegRoles(
                Optional.of(CUSTOMER),
                Optional.of(AGENT),
                Optional.of(BROWSER),
                List.of(),
                Set.of(),
                Map.of(STRANGER, toAgentsBrowser(STRANGER)));
        ParticipantLeft first = left(AGENT, 4, LEFT.minusSeconds(1), PARTICIPANT_HUNG_UP);

        assertThat(order(roles, first, left(STRANGER, 5, LEFT.plusSeconds(1), PARTICIPANT_HUNG_UP))
                        .agent())
                .contains(first);
    }

    @Test
    void a_leg_was_taken_out_if_the_other_side_had_not_left_before() {
        ParticipantLeft customer = left(CUSTOMER, 5, LEFT, PARTICIPANT_UPDATED_VIA_API);
        ParticipantLeft agent = left(AGENT, 5, LEFT, PARTICIPANT_UPDATED_VIA_API);

        assertThat(order(customer, left(AGENT, 6, LEFT, PARTICIPANT_HUNG_UP)).customerWasTakenOut())
                .isTrue();
        assertThat(order(left(AGENT, 4, LEFT, PARTICIPANT_HUNG_UP), customer).customerWasTakenOut())
                .isFalse();
        assertThat(order(agent, left(CUSTOMER, 6, LEFT, PARTICIPANT_HUNG_UP)).agentWasTakenOut())
                .isTrue();
        assertThat(order(left(CUSTOMER, 4, LEFT, PARTICIPANT_HUNG_UP), agent).agentWasTakenOut())
                .isFalse();
        assertThat(order(left(AGENT, 4, LEFT, PARTICIPANT_HUNG_UP)).agentWasTakenOut())
                .isFalse();
        assertThat(order(left(CUSTOMER, 4, LEFT, PARTICIPANT_HUNG_UP)).customerWasTakenOut())
                .isFalse();
    }
}
