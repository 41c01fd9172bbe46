package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.HangUpByBuilder;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Vocabulary;
import io.hangupby.decision.Vocabulary.Style;
import io.hangupby.simulator.PluginMarker;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.Agent;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls whose values are spelled in an installation's own way, over real HTTP. */
class SpellingTest {

    @ParameterizedTest
    @EnumSource
    void the_value_has_the_configured_spelling(Spelling spelling) throws Exception {
        try (CallCentre centre = new CallCentre(spelling.settings)) {
            Agent agent = centre.twilio().browserAgent("Alice");
            SimulatedCall call =
                    centre.twilio().inboundCall().waitsInQueue().rings(agent).accepts(agent);

            spelling.ending.accept(new Play(call, agent));
            centre.awaitOutcomes(call, 1);
            call.completes(agent);

            assertThat(call.hangUpByAtCompletion(call.reservationSid(agent))).isEqualTo(spelling.read);
        }
    }

    enum Spelling {
        TITLE(
                "Customer",
                settings -> settings.vocabulary(Vocabulary.DEFAULT.with(Style.TITLE)),
                play -> play.call().customerHangsUp()),
        TITLE_OVER_A_BARE_CLICK(
                "Agent",
                settings -> settings.vocabulary(v -> v.with(Style.TITLE)),
                play -> play.call().agentClicksHangUp(play.agent(), PluginMarker.BARE)),
        TITLE_OF_TWO_WORDS(
                "Cold Transfer",
                settings -> settings.vocabulary(v -> v.with(Style.TITLE)),
                play -> play.call().startsColdTransferToQueue(play.agent()).agentLeaves(play.agent())),
        OWN_NAME(
                "Anrufer",
                settings -> settings.vocabulary(Vocabulary.DEFAULT.with(EndedBy.CUSTOMER, "Anrufer")),
                play -> play.call().customerHangsUp()),
        OWN_NAME_IN_WORDS(
                "handed on",
                settings -> settings.vocabulary(v -> v.with(EndedBy.COLD_TRANSFER, "handed on")),
                play -> play.call().startsColdTransferToQueue(play.agent()).agentLeaves(play.agent())),
        SWITCHED_OFF(
                "",
                settings -> settings.vocabulary(v -> v.with(EndedBy.CUSTOMER, "")),
                play -> play.call().customerHangsUp());

        private final Optional<String> read;
        private final UnaryOperator<HangUpByBuilder> settings;
        private final Consumer<Play> ending;

        Spelling(String read, UnaryOperator<HangUpByBuilder> settings, Consumer<Play> ending) {
            this.read = Optional.of(read).filter(value -> !value.isEmpty());
            this.settings = settings;
            this.ending = ending;
        }
    }

    private record Play(SimulatedCall call, Agent agent) {}
}
