package io.hangupby.simulator;

import io.hangupby.simulator.Ending.Act;

/** Parties whom an agent dials into the conference by a number. */
final class OutsideParties {

    private final Scene scene;
    private final Departures departures;

    OutsideParties(Scene scene, Departures departures) {
        this.scene = scene;
        this.departures = departures;
    }

    /** The agent has to be there; Flex adds the number through the API. */
    void dialled(Agent by, String number, Party.Kind kind) {
        scene.change(moment -> {
            scene.leg(by);
            scene.meeting()
                    .join(new Leg(
                            scene.dial(number, PhoneCall.Status.QUEUED, moment),
                            Party.dialled(kind, scene.options().outsideLabel()),
                            scene.options().outsideEndsConference(),
                            moment.at()));
        });
    }

    void rings(Party.Kind kind) {
        scene.change(moment -> scene.meeting().rings(scene.leg(kind)));
    }

    void answers(Party.Kind kind) {
        scene.change(moment -> scene.meeting().answer(scene.leg(kind), moment.at()));
    }

    void isNotReached(PhoneCall.Status how) {
        scene.change(moment -> scene.meeting().addFailed(scene.leg(Party.Kind.OUTSIDE), how, moment.at()));
    }

    void hangsUp(Party.Kind kind) {
        Act ifThatEndsIt = kind == Party.Kind.OUTSIDE ? Act.OUTSIDE_PARTY_HUNG_UP : Act.CUSTOMER_HUNG_UP;
        scene.change(moment -> departures.guestLeaves(scene.leg(kind), ifThatEndsIt, moment));
    }

    /** Somebody who is still being dialled is just not dialled any more. */
    void isRemoved(Agent by) {
        scene.change(moment -> {
            scene.leg(by);
            Leg outside = scene.leg(Party.Kind.OUTSIDE);
            if (outside.isConnected()) {
                scene.meeting().kick(outside, moment.at());
            } else {
                scene.meeting().addFailed(outside, PhoneCall.Status.CANCELED, moment.at());
            }
        });
    }
}
