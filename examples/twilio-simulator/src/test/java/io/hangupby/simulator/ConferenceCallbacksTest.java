package io.hangupby.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.simulator.CallbackReceiver.Received;
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

    private final SettableClock clock = new SettableClock();
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

    private Cast cast() {
        return cast(CallOptions.defaults());
    }

    private Cast cast(CallOptions options) {
        return Cast.of(twilio, clock, options);
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
    void tellAPlainCall() {
        cast().talk().hold().unhold().customerHangsUp();
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
    void areSignedOverTheirOwnUrl() {
        cast().talk();
        received();
        assertThat(backend.received())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.signature())
                        .contains(Signature.of(TwilioSimulator.DEFAULT_AUTH_TOKEN, PUBLIC_URL, each.params())));
    }

    @Test
    void nameTheFirstAgentsReservationWhoeversLegItIs() {
        Cast cast = cast();
        SimulatedCall call = cast.consulting().agentClicksHangUp(cast.bob, Marker.NONE);
        received();
        Received leave = only("participant-leave");
        assertThat(leave.params())
                .containsEntry("ReservationSid", call.reservationSid(cast.ann))
                .containsEntry("CallSid", cast.sidOfLeg(cast.bob))
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
    void tellOfFlagsThatChange() {
        Cast cast = cast();
        cast.consulting();
        received();
        // The first agent's flag goes off as the second one joins, whose own was never on.
        Received modified = only("participant-modify");
        assertThat(modified.params())
                .containsEntry("CallSid", cast.sidOfLeg(cast.ann))
                .containsEntry("EndConferenceOnExit", "false");
    }

    @Test
    void tellWhatEndedTheConference() {
        Cast cast = cast(CallOptions.builder()
                .outsideEndsConference()
                .outsideLabel("external")
                .build());
        cast.withOutsider().outsideHangsUp();
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
    void tellOfAPartyWhoNeverAnswered() {
        Cast cast = cast();
        cast.talk().dialsOut(cast.ann, "+15550100042").outsideRings().outsideDoesNotAnswer();
        received();
        assertThat(all("participant-join")).hasSize(2);
        assertThat(only("participant-leave").params())
                .containsEntry("ReasonParticipantLeft", "participant_add_failed")
                .containsEntry("ParticipantCallStatus", "no-answer");
    }

    @Test
    void tellOfSupervisors() {
        Cast cast = cast();
        cast.talk().coaches(cast.sue, cast.ann).joinsTalk(cast.sue);
        received();
        assertThat(all("participant-join").get(2).params())
                .containsEntry("Coaching", "true")
                .containsEntry("CallSidToCoach", cast.sidOfLeg(cast.ann))
                .containsEntry("EndConferenceOnExit", "false");
        assertThat(only("participant-unmute").params()).containsEntry("Coaching", "false");
    }

    @Nested
    class WhenDisturbed {

        @Test
        void areRepeatedAndLost() {
            twilio.delivery().copies(2);
            twilio.delivery().drop("participant-join");
            cast().talk();
            assertThat(received()).containsExactly("conference-start", "conference-start");
            assertThat(backend.received().get(0)).isEqualTo(backend.received().get(1));
        }

        @Test
        void areHeldBackUntilReleased() {
            twilio.delivery().holdBack("participant-leave");
            cast().talk().customerHangsUp();
            assertThat(received()).endsWith("conference-start", "conference-end");
            twilio.delivery().release();
            assertThat(received()).endsWith("conference-end", "participant-leave", "participant-leave");
        }

        @Test
        void areTriedAgainByTheirOwnRules() {
            twilio.conferenceCallback(backend.uri(), PUBLIC_URL + "#rc=2&rp=5xx");
            backend.answerNext(503, 503);
            cast().talk();
            assertThat(received())
                    .containsExactly(
                            "participant-join",
                            "participant-join",
                            "participant-join",
                            "participant-join",
                            "conference-start");
        }

        @Test
        void canBeRepeatedAndForged() {
            SimulatedCall call = cast().talk().customerHangsUp().repeats("participant-leave");
            assertThat(received()).endsWith("conference-end", "participant-leave");
            assertThat(call.forgesConference("conference-end")).isEqualTo(204);
            Received forged = backend.received().get(backend.received().size() - 1);
            assertThat(forged.signature())
                    .isPresent()
                    .isNotEqualTo(
                            Optional.of(Signature.of(TwilioSimulator.DEFAULT_AUTH_TOKEN, PUBLIC_URL, forged.params())));
        }
    }

    @Test
    void comeBeforeTheWorkspacesEventsOfTheSameMoment() {
        twilio.callback(backend.uri(), CallbackReceiver.PUBLIC_URL);
        cast().talk().customerHangsUp();
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
    void canBeLeftOut() {
        SimulatedCall call = cast(CallOptions.builder().noConferenceCallbacks().build())
                .talk()
                .customerHangsUp();
        assertThat(received()).isEmpty();
        assertThat(call.conferenceEvents()).isEmpty();
        assertThat(call.leaves()).hasSize(2);
    }
}
