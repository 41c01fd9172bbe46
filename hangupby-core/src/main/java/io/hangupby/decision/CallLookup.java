package io.hangupby.decision;

import io.hangupby.call.Call;

/** What Twilio answered when a leg's call was asked for. */
public sealed interface CallLookup {

    /**
     * The call.
     *
     * @param call as it was read last
     * @param again whether it was read a second time, a second after the first
     */
    record Found(Call call, boolean again) implements CallLookup {}

    /** Twilio has no such call. */
    record NotFound() implements CallLookup {}
}
