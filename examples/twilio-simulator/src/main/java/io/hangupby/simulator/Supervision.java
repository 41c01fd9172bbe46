package io.hangupby.simulator;

import io.hangupby.simulator.Ending.Act;
import java.util.Optional;

/** Supervisors, who have a leg in the conference but no reservation on the task. */
final class Supervision {

    private final Scene scene;
    private final Departures departures;

    Supervision(Scene scene, Departures departures) {
        this.scene = scene;
        this.departures = departures;
    }

    /** Nobody hears the supervisor, or only the agent who is coached. */
    void listensIn(Agent supervisor, Optional<Agent> coached) {
        scene.change(moment -> {
            Optional<String> coachedCall =
                    coached.map(agent -> scene.leg(agent).call().sid());
            PhoneCall call = scene.dial(supervisor.contactUri(), PhoneCall.Status.IN_PROGRESS, moment);
            Leg leg = new Leg(call, Party.supervisor(supervisor), false, moment.at());
            leg.muted(coachedCall.isEmpty());
            leg.coaches(coachedCall);
            scene.meeting().join(leg);
        });
    }

    void joinsTalk(Agent supervisor) {
        scene.change(moment -> scene.meeting().letTalk(scene.leg(supervisor)));
    }

    void hangsUp() {
        scene.change(
                moment -> departures.guestLeaves(scene.leg(Party.Kind.SUPERVISOR), Act.SUPERVISOR_HUNG_UP, moment));
    }

    void removesAgent(Agent supervisor, Agent agent) {
        scene.look(() -> scene.leg(supervisor));
        departures.agentIsRemoved(agent, Act.SUPERVISOR_REMOVED_AGENT);
    }
}
