package io.hangupby.decision;

import io.hangupby.call.Call;
import java.util.Optional;

/** What Twilio's API returned for a leg's Call. */
sealed interface CallLookup {

    /**
     * Twilio has the call.
     *
     * @param call the call as it was read last
     * @param again whether the call was read a second time, a second later
     */
    record Found(Call call, boolean again) implements CallLookup {}

    /** Twilio has no such call. */
    record NotFound() implements CallLookup {}

    static CallLookup of(Optional<Call> call, boolean again) {
        return call.<CallLookup>map(found -> new Found(found, again)).orElseGet(NotFound::new);
    }
}
