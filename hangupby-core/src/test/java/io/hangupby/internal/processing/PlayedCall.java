package io.hangupby.internal.processing;

import io.hangupby.simulator.CallOptions;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Calls that are played under trouble, each with so many updates of its task. */
enum PlayedCall {
    CUSTOMER_HANGS_UP(1, SimulatedCall::customerHangsUp),
    AGENT_CLICKS(0, (call, cast) -> call.agentClicksHangUp(cast.ann)),
    CUSTOMER_IS_MOVED_ON(1, SimulatedCall::customerMovedOn),
    CUSTOMER_IS_SENT_TO_A_NUMBER(1, (call, cast) -> call.sendsCustomerTo(cast.ann, "+15550100042")),
    AGENT_DROPS_AND_API_LAGS(1, options -> options.apiLagReads(1), (call, cast) -> call.agentCrashes(cast.ann)),
    AGENT_LEAVES_THE_CUSTOMER(
            1, options -> options.noEndOnExit().apiLagReads(3), (call, cast) -> call.agentCrashes(cast.ann)),
    UNDER_WAY_BEFORE_WE_LISTENED(1, (call, cast) -> call.agentCrashes(cast.ann)) {
        @Override
        void goesOn(Cast cast, SimulatedCall call, SteppedCentre.LookedAfter lookedAfter) {
            lookedAfter.loses("task.created");
            super.goesOn(cast, call, lookedAfter);
        }
    },
    COLD_TRANSFER(3, SimulatedCall::customerHangsUp) {
        @Override
        void goesOn(Cast cast, SimulatedCall call, SteppedCentre.LookedAfter lookedAfter) {
            call.startsColdTransfer(cast.ann, cast.bob).agentLeaves(cast.ann);
            lookedAfter.workUntilDone();
            call.rings(cast.bob).accepts(cast.bob).completes(cast.ann);
            lookedAfter.workUntilDone();
            super.goesOn(cast, call, lookedAfter);
        }
    };

    private final int updates;
    private final UnaryOperator<CallOptions.Builder> options;
    private final BiConsumer<SimulatedCall, Cast> end;

    PlayedCall(int updates, Consumer<SimulatedCall> end) {
        this(updates, (call, cast) -> end.accept(call));
    }

    PlayedCall(int updates, BiConsumer<SimulatedCall, Cast> end) {
        this(updates, UnaryOperator.identity(), end);
    }

    PlayedCall(int updates, UnaryOperator<CallOptions.Builder> options, BiConsumer<SimulatedCall, Cast> end) {
        this.updates = updates;
        this.options = options;
        this.end = end;
    }

    int updates() {
        return updates;
    }

    SimulatedCall begins(Cast cast) {
        CallOptions tricky =
                options.apply(CallOptions.builder().trickyAttributes()).build();
        return cast.twilio.inboundCall(tricky).waitsInQueue().rings(cast.ann).accepts(cast.ann);
    }

    void goesOn(Cast cast, SimulatedCall call, SteppedCentre.LookedAfter lookedAfter) {
        end.accept(call, cast);
        lookedAfter.workUntilDone();
        call.allComplete();
        lookedAfter.workUntilDone();
    }

    /** Who is in it. */
    static final class Cast {
        private final TwilioSimulator twilio;
        private final Agent ann;
        private final Agent bob;

        Cast(TwilioSimulator twilio) {
            this.twilio = twilio;
            this.ann = twilio.browserAgent("Ann");
            this.bob = twilio.browserAgent("Bob");
        }
    }
}
