package io.hangupby.simulator;

import io.hangupby.simulator.account.Agent;
import io.hangupby.testing.HandClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** The parties of one call: two agents in browsers, one on a desk phone, a supervisor. */
final class CallParties {

    final Agent ann;
    final Agent bob;
    final Agent dan;
    final Agent sue;
    private final ApiClient api;
    private final HandClock clock;
    private final SimulatedCall call;

    private CallParties(TwilioSimulator twilio, HandClock clock, CallOptions options) {
        this.api = new ApiClient(twilio);
        this.clock = clock;
        this.ann = twilio.browserAgent("Ann");
        this.bob = twilio.browserAgent("Bob");
        this.dan = twilio.deskPhoneAgent("Dan", "+15550100099");
        this.sue = twilio.browserAgent("Sue");
        this.call = twilio.inboundCall(options).waitsInQueue();
    }

    static CallParties of(TwilioSimulator twilio, HandClock clock, CallOptions options) {
        return new CallParties(twilio, clock, options);
    }

    SimulatedCall call() {
        return call;
    }

    HandClock clock() {
        return clock;
    }

    List<Agent> agents() {
        return List.of(ann, bob, dan);
    }

    /** Ann talks to the customer. */
    SimulatedCall connected() {
        return call.accepts(ann);
    }

    /** Ann consults Bob; the customer is on hold. */
    SimulatedCall consulting() {
        return connected().startsWarmTransfer(ann, bob).rings(bob).accepts(bob);
    }

    /** Ann has transferred the customer to Bob and left. */
    SimulatedCall coldTransferred() {
        SimulatedCall transferred = connected().startsColdTransfer(ann, bob).agentLeaves(ann);
        clock.step(Duration.ofSeconds(1));
        return transferred.accepts(bob);
    }

    /** Ann talks to the customer and an outside party. */
    SimulatedCall withOutsideParty() {
        return connected().dialsOut(ann, "+15550100042").outsideRings().outsidePicksUp();
    }

    /** Ann talks to the customer and Sue. */
    SimulatedCall supervised() {
        return connected().listensIn(sue).joinsTalk(sue);
    }

    /** Returns the reservation of an agent, or an empty string. */
    String sidOf(Agent agent) {
        return call.events().stream()
                .filter(event -> event.type().equals("reservation.accepted"))
                .filter(event -> event.param("WorkerSid").equals(agent.workerSid()))
                .map(event -> event.param("ReservationSid"))
                .findFirst()
                .orElse("");
    }

    /** Returns the call of an agent's leg while it is in the conference, or after it has left. */
    String sidOfLeg(Agent agent) {
        return call.conferenceEvents().stream()
                .map(event -> event.param("CallSid"))
                .filter(sid -> !sid.isEmpty() && dialled(sid).equals(agent.contactUri()))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the party of a leg: customer, the name of an agent or supervisor, or a number. */
    String nameOf(String callSid) {
        if (call.customerCallSid().filter(callSid::equals).isPresent()) {
            return "customer";
        }
        String to = dialled(callSid);
        return List.of(ann, bob, dan, sue).stream()
                .filter(agent -> agent.contactUri().equals(to))
                .map(Agent::name)
                .findFirst()
                .orElse(to);
    }

    private String dialled(String callSid) {
        try {
            return api.read(api.account("/Calls/" + callSid + ".json"))
                    .get("to")
                    .textValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
