package io.hangupby.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.ParticipantLeft.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParticipantLogTest {
    private static final Instant START = Instant.parse("2026-09-21T14:15:00Z");
    private static final CallSid CUSTOMER = new CallSid("CA" + "c".repeat(32));
    private static final CallSid AGENT = new CallSid("CA" + "a".repeat(32));
    private static final CallSid SUPERVISOR = new CallSid("CA" + "5".repeat(32));
    private static final CallSid NUMBER = new CallSid("CA" + "e".repeat(32));

    private static Instant at(int order) {
        return START.plusSeconds(10L * order);
    }

    private static ParticipantChange joins(CallSid leg, int order) {
        return new ParticipantChange(leg, order, at(order), true, true, false, false);
    }

    private static ParticipantChange coaches(CallSid leg, int order) {
        return new ParticipantChange(leg, order, at(order), true, false, false, true);
    }

    private static ParticipantChange hold(CallSid leg, int order, boolean on) {
        return new ParticipantChange(leg, order, at(order), false, true, on, false);
    }

    private static ParticipantLeft leaves(CallSid leg, int order) {
        return new ParticipantLeft(leg, order, at(order), Optional.of(Reason.PARTICIPANT_HUNG_UP), false);
    }

    private static ParticipantLeft neverAnswers(CallSid leg, int order) {
        return new ParticipantLeft(leg, order, at(order), Optional.of(Reason.PARTICIPANT_ADD_FAILED), false);
    }

    private static ParticipantLog log(Object... callbacks) {
        ParticipantLogBuilder log = ParticipantLog.builder().customer(CUSTOMER);
        for (Object callback : callbacks) {
            if (callback instanceof ParticipantChange change) {
                log.changed(change);
            } else if (callback instanceof ParticipantLeft left) {
                log.left(left);
            } else if (callback instanceof ParticipantLog.End end) {
                log.ended(end.order(), end.at(), end.reason(), end.leg());
            } else {
                log.other((Integer) callback);
            }
        }
        return log.build();
    }

    private static List<CallSid> present(ParticipantLog log) {
        return log.participants().stream().map(Participant::call).toList();
    }

    /** A supervisor coaches from number 4 on, the agent holds the customer and leaves, a number is dialled. */
    private static ParticipantLog talk() {
        return log(
                joins(CUSTOMER, 1),
                2,
                joins(AGENT, 3),
                coaches(SUPERVISOR, 4),
                hold(CUSTOMER, 5, true),
                hold(CUSTOMER, 6, false),
                leaves(AGENT, 7),
                joins(NUMBER, 8),
                leaves(CUSTOMER, 9));
    }

    @ParameterizedTest
    @MethodSource
    void says_who_was_present_at_a_moment(Function<ParticipantLog, ParticipantLog> earlier, List<CallSid> present) {
        assertThat(present(earlier.apply(talk()))).isEqualTo(present);
    }

    static Stream<Arguments> says_who_was_present_at_a_moment() {
        Function<ParticipantLog, ParticipantLog> now = log -> log;
        return Stream.of(
                Arguments.of(now, List.of(SUPERVISOR, NUMBER)),
                Arguments.of(at(START.minusSeconds(1)), List.of()),
                Arguments.of(at(at(1)), List.of(CUSTOMER)),
                Arguments.of(at(at(4).minusMillis(1)), List.of(CUSTOMER, AGENT)),
                Arguments.of(at(at(4)), List.of(CUSTOMER, AGENT, SUPERVISOR)),
                Arguments.of(at(at(8)), List.of(CUSTOMER, SUPERVISOR, NUMBER)),
                Arguments.of(before(leaves(AGENT, 7)), List.of(CUSTOMER, AGENT, SUPERVISOR)),
                Arguments.of(upTo(leaves(AGENT, 7)), List.of(CUSTOMER, SUPERVISOR)));
    }

    private static Function<ParticipantLog, ParticipantLog> at(Instant moment) {
        return log -> log.upTo(moment);
    }

    private static Function<ParticipantLog, ParticipantLog> before(ParticipantLeft left) {
        return log -> log.before(left);
    }

    private static Function<ParticipantLog, ParticipantLog> upTo(ParticipantLeft left) {
        return log -> log.upTo(left);
    }

    @Test
    void says_who_was_talking_on_hold_or_coaching_at_a_moment() {
        ParticipantLog held = talk().upTo(at(5));
        ParticipantLog back = talk().upTo(at(6));

        assertThat(List.of(held.isOnHold(CUSTOMER), back.isOnHold(CUSTOMER), held.isOnHold(AGENT)))
                .containsExactly(true, false, false);
        assertThat(List.of(held.isCoaching(SUPERVISOR), held.isTalking(SUPERVISOR), held.isTalking(AGENT)))
                .containsExactly(true, false, true);
        assertThat(talk().isTalking(AGENT)).isFalse();
        assertThat(talk().talkingWhenLeft(leaves(AGENT, 7))).containsExactly(CUSTOMER);
    }

    @Test
    void two_leaves_in_one_second_are_told_apart_by_their_numbers() {
        ParticipantLeft customer = new ParticipantLeft(CUSTOMER, 3, at(3), Optional.empty(), false);
        ParticipantLeft agent = new ParticipantLeft(AGENT, 4, at(3), Optional.empty(), false);
        ParticipantLog log = log(joins(CUSTOMER, 1), joins(AGENT, 2), agent, customer);

        assertThat(present(log.before(agent))).containsExactly(AGENT);
        assertThat(present(log.upTo(customer))).containsExactly(AGENT);
        assertThat(present(log.upTo(at(3)))).isEmpty();
    }

    @Test
    void a_leg_that_joins_again_has_not_left_but_had() {
        ParticipantLeft first = leaves(CUSTOMER, 3);
        ParticipantLog log = log(joins(CUSTOMER, 1), joins(AGENT, 2), first, joins(CUSTOMER, 4));

        assertThat(log.leave(CUSTOMER)).isEmpty();
        assertThat(log.leaves()).isEmpty();
        assertThat(log.departures()).containsExactly(first);
        assertThat(present(log)).containsExactly(CUSTOMER, AGENT);
        assertThat(log.upTo(first).leave(CUSTOMER)).contains(first);
        assertThat(log.isWhole()).isTrue();
    }

    @Test
    void a_leg_that_never_answered_was_never_present() {
        ParticipantLog log = log(joins(CUSTOMER, 1), joins(AGENT, 2), neverAnswers(NUMBER, 3));

        assertThat(present(log.before(neverAnswers(NUMBER, 3)))).containsExactly(CUSTOMER, AGENT);
        assertThat(log.hasJoined(NUMBER)).isFalse();
        assertThat(log.leave(NUMBER)).contains(neverAnswers(NUMBER, 3));
        assertThat(log.isWhole()).isTrue();
    }

    @Test
    void a_leg_that_joined_or_failed_to_join_later_may_have_been_ringing() {
        ParticipantLeft agent = leaves(AGENT, 3);

        assertThat(log(joins(CUSTOMER, 1), joins(AGENT, 2), agent, joins(NUMBER, 4), hold(CUSTOMER, 5, true))
                        .ringingWhenLeft(agent))
                .containsExactly(NUMBER);
        assertThat(log(joins(CUSTOMER, 1), joins(AGENT, 2), agent, neverAnswers(NUMBER, 4))
                        .ringingWhenLeft(agent))
                .containsExactly(NUMBER);
    }

    @ParameterizedTest
    @MethodSource
    void is_whole_from_the_first_join_without_a_missing_number(boolean whole, ParticipantLog log) {
        assertThat(log.isWhole()).isEqualTo(whole);
    }

    static Stream<Arguments> is_whole_from_the_first_join_without_a_missing_number() {
        ParticipantLog.End end = new ParticipantLog.End(4, at(4), Optional.empty(), Optional.empty());
        return Stream.of(
                Arguments.of(true, talk()),
                Arguments.of(true, log(joins(CUSTOMER, 0), joins(AGENT, 1))),
                Arguments.of(true, log(joins(CUSTOMER, 1), joins(AGENT, 2), leaves(AGENT, 3), end)),
                Arguments.of(false, log(joins(CUSTOMER, 1), joins(AGENT, 2), end)),
                Arguments.of(false, log(joins(CUSTOMER, 1), joins(AGENT, 3))),
                Arguments.of(false, log(joins(CUSTOMER, 2), joins(AGENT, 3))),
                Arguments.of(false, log(joins(AGENT, 1), leaves(CUSTOMER, 2))),
                Arguments.of(false, log(joins(AGENT, 1), hold(CUSTOMER, 2, true))),
                Arguments.of(false, log(1, 2)),
                Arguments.of(false, ParticipantLog.NONE));
    }

    @Test
    void is_whole_up_to_a_leave_although_a_later_number_is_missing() {
        ParticipantLog log = log(joins(CUSTOMER, 1), joins(AGENT, 2), leaves(AGENT, 3), joins(SUPERVISOR, 5));

        assertThat(log.isWhole()).isFalse();
        assertThat(log.upTo(leaves(AGENT, 3)).isWhole()).isTrue();
    }

    @Test
    void is_the_same_in_whatever_order_the_callbacks_come() {
        assertThat(log(leaves(AGENT, 3), joins(AGENT, 2), joins(CUSTOMER, 1)))
                .isEqualTo(log(joins(CUSTOMER, 1), joins(AGENT, 2), leaves(AGENT, 3)));
    }

    @Test
    void without_callbacks_it_is_not_available_and_misses_nothing() {
        assertThat(ParticipantLog.NONE.isAvailable()).isFalse();
        assertThat(ParticipantLog.NONE.isComplete(START, true)).isTrue();
    }

    @Test
    void it_misses_the_agents_leave_until_a_leg_left_near_that_moment() {
        ParticipantLog log = log(joins(CUSTOMER, 1), joins(AGENT, 2), leaves(AGENT, 3));

        assertThat(log.before(leaves(AGENT, 3)).isComplete(at(3), false)).isFalse();
        assertThat(log.isComplete(at(9), false)).isFalse();
        assertThat(log.isComplete(at(3), false)).isTrue();
        assertThat(log.isComplete(at(3), true)).isFalse();
        assertThat(log(leaves(AGENT, 3), leaves(CUSTOMER, 4)).isComplete(at(3), true))
                .isTrue();
    }
}
