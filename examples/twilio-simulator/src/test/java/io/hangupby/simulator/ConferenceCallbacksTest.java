package io.hangupby.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.simulator.CallbackReceiver.Received;
import io.hangupby.simulator.events.TwilioSigner;
import io.hangupby.testing.HandClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConferenceCallbacksTest {

    private static final String PUBLIC_URL = "https://cc.example.com/hooks/conference";

    private final HandClock clock = new HandClock();
    private final TwilioSimulator twilio =
            TwilioSimulator.builder().clock(clock).start();
    private final CallbackReceiver backend;

    ConferenceCallbacksTest() throws IOException {
        backend = new CallbackReceiver();
    }

    @BeforeEach
    void connect() {
        twilio.conferenceCallback(backend.uri(), PUBLIC_URL);
    }

    @AfterEach
    void stop() {
        twilio.close();
        backend.close();
    }

    private CallParties parties() {
        return parties(CallOptions.defaults());
    }

    private CallParties parties(CallOptions options) {
        return CallParties.of(twilio, clock, options);
    }

    private List<String> received() {
        twilio.delivery().awaitQuiet(Duration.ofSeconds(10));
        return backend.received().stream()
                .map(each -> each.param("StatusCallbackEvent"))
                .toList();
    }

    private Received only(String type) {
        return backend.received().stream()
                .filter(each -> each.param("StatusCallbackEvent").equals(type))
                .reduce((first, second) -> {
                    throw new AssertionError("several of " + type);
                })
                .orElseThrow();
    }

    private List<Received> all(String type) {
        return backend.received().stream()
                .filter(each -> each.param("StatusCallbackEvent").equals(type))
                .toList();
    }

    @Test
    void callbacks_report_a_plain_call() {
        parties().connected().hold().unhold().customerHangsUp();
        assertThat(received())
                .containsExactly(
                        "participant-join",
                        "participant-join",
                        "conference-start",
                        "participant-hold",
                        "participant-unhold",
                        "participant-leave",
                        "participant-leave",
                        "conference-end");
        assertThat(backend.received())
                .extracting(each -> each.param("SequenceNumber"))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 8).mapToObj(Integer::toString).toList());
    }

    @Test
    void callbacks_are_signed_over_their_own_url() {
        parties().connected();
        received();
        assertThat(backend.received())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.signature())
                        .contains(new TwilioSigner(TwilioSimulator.DEFAULT_AUTH_TOKEN)
                                .signature(PUBLIC_URL, each.params())));
    }

    @Test
    void callbacks_name_the_reservation_of_the_first_agent_for_every_leg() {
        CallParties parties = parties();
        SimulatedCall call = parties.consulting().agentClicksHangUp(parties.bob, PluginMarker.NONE);
        received();
        Received leave = only("participant-leave");
        assertThat(leave.params())
                .containsEntry("ReservationSid", call.reservationSid(parties.ann))
                .containsEntry("CallSid", parties.sidOfLeg(parties.bob))
                .containsEntry("ReasonParticipantLeft", "participant_hung_up")
                .containsEntry("ParticipantCallStatus", "completed")
                .containsEntry("EndConferenceOnExit", "false")
                .containsEntry("Muted", "false")
                .containsEntry("Hold", "false")
                .containsEntry("Coaching", "false")
                .containsEntry("TaskSid", call.taskSid())
                .containsEntry("FriendlyName", call.taskSid())
                .containsEntry("ConferenceSid", call.conferenceSid().orElseThrow())
                .containsEntry("WorkspaceSid", twilio.workspaceSid())
                .containsEntry("AccountSid", twilio.accountSid())
                .containsEntry("CustomerCallSid", call.customerCallSid().orElseThrow())
                .containsEntry("Timestamp", "Sun, 01 Mar 2026 10:00:00 +0000");
    }

    @Test
    void callbacks_report_changed_flags() {
        CallParties parties = parties();
        parties.consulting();
        received();
        // The flag of the first agent is cleared when the second agent joins, whose flag was never set.
        Received modified = only("participant-modify");
        assertThat(modified.params())
                .containsEntry("CallSid", parties.sidOfLeg(parties.ann))
                .containsEntry("EndConferenceOnExit", "false");
    }

    @Test
    void callbacks_report_what_ended_the_conference() {
        CallParties parties = parties(CallOptions.builder()
                .outsideEndsConference()
                .outsideLabel("external")
                .build());
        parties.withOutsideParty().outsideHangsUp();
        received();
        Received end = only("conference-end");
        assertThat(end.params())
                .containsEntry("ReasonConferenceEnded", "participant-with-end-conference-on-exit-left")
                .containsEntry(
                        "CallSidEndingConference",
                        all("participant-leave").get(0).param("CallSid"))
                .containsEntry("ParticipantLabelEndingConference", "external")
                .containsKey("Reason")
                .doesNotContainKey("CallSid");
        assertThat(all("participant-leave"))
                .extracting(each -> each.param("ReasonParticipantLeft"))
                .containsExactly("participant_hung_up", "moderator_ended_conference", "moderator_ended_conference");
    }

    @Test
    void callbacks_report_a_party_that_never_answered() {
        CallParties parties = parties();
        parties.connected().dialsOut(parties.ann, "+15550100042").outsideRings().outsideDoesNotPickUp();
        received();
        assertThat(all("participant-join")).hasSize(2);
        assertThat(only("participant-leave").params())
                .containsEntry("ReasonParticipantLeft", "participant_add_failed")
                .containsEntry("ParticipantCallStatus", "no-answer");
    }

    @Test
    void callbacks_report_supervisors() {
        CallParties parties = parties();
        parties.connected().coaches(parties.sue, parties.ann).joinsTalk(parties.sue);
        received();
        assertThat(all("participant-join").get(2).params())
                .containsEntry("Coaching", "true")
                .containsEntry("CallSidToCoach", parties.sidOfLeg(parties.ann))
                .containsEntry("EndConferenceOnExit", "false");
        assertThat(only("participant-unmute").params()).containsEntry("Coaching", "false");
    }

    @Nested
    class WhenDisturbed {

        @Test
        void callbacks_can_be_repeated_and_lost() {
            twilio.delivery().copies(2);
            twilio.delivery().drop("participant-join");
            parties().connected();
            assertThat(received()).containsExactly("conference-start", "conference-start");
            assertThat(backend.received().get(0)).isEqualTo(backend.received().get(1));
        }

        @Test
        void callbacks_can_be_held_back_until_released() {
            twilio.delivery().holdBack("participant-leave");
            parties().connected().customerHangsUp();
            assertThat(received()).endsWith("conference-start", "conference-end");
            twilio.delivery().release();
            assertThat(received()).endsWith("conference-end", "participant-leave", "participant-leave");
        }

        @Test
        void callbacks_are_retried_by_their_own_overrides() {
            twilio.conferenceCallback(backend.uri(), PUBLIC_URL + "#rc=2&rp=5xx");
            backend.respondNext(503, 503);
            parties().connected();
            assertThat(received())
                    .containsExactly(
                            "participant-join",
                            "participant-join",
                            "participant-join",
                            "participant-join",
                            "conference-start");
        }

        @Test
        void a_test_can_repeat_and_forge_a_callback() {
            SimulatedCall call = parties().connected().customerHangsUp().repeats("participant-leave");
            assertThat(received()).endsWith("conference-end", "participant-leave");
            assertThat(call.forgesConference("conference-end")).isEqualTo(204);
            Received forged = backend.received().get(backend.received().size() - 1);
            assertThat(forged.signature())
                    .isPresent()
                    .isNotEqualTo(Optional.of(new TwilioSigner(TwilioSimulator.DEFAULT_AUTH_TOKEN)
                            .signature(PUBLIC_URL, forged.params())));
        }
    }

    @Test
    void callbacks_precede_the_workspaces_events_of_the_same_moment() {
        twilio.callback(backend.uri(), CallbackReceiver.PUBLIC_URL);
        parties().connected().customerHangsUp();
        received();
        assertThat(backend.received()
                        .subList(
                                backend.received().size() - 5,
                                backend.received().size()))
                .extracting(each -> each.param("StatusCallbackEvent") + each.param("EventType"))
                .containsExactly(
                        "participant-leave",
                        "participant-leave",
                        "conference-end",
                        "reservation.wrapup",
                        "task.wrapup");
    }

    @Test
    void callbacks_can_be_disabled_for_a_call() {
        SimulatedCall call = parties(
                        CallOptions.builder().noConferenceCallbacks().build())
                .connected()
                .customerHangsUp();
        assertThat(received()).isEmpty();
        assertThat(call.conferenceEvents()).isEmpty();
        assertThat(call.departures()).hasSize(2);
    }
}
