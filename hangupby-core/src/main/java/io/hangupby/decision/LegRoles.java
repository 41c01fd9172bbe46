package io.hangupby.decision;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.OtherAgent;
import io.hangupby.call.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Assigns roles to legs, for one agent's segment. Immutable.
 *
 * @param customer the customer's leg, if known
 * @param agent this agent's leg, if the task reliably names it
 * @param contact the device on which this agent takes calls, if known
 * @param otherAgents the other agents who accepted the task
 * @param ignored the addresses that are no party
 * @param calls the legs' Calls that were requested
 */
record LegRoles(
        Optional<CallSid> customer,
        Optional<CallSid> agent,
        Optional<Address> contact,
        List<OtherAgent> otherAgents,
        Set<Address> ignored,
        Map<CallSid, CallLookup> calls) {

    static LegRoles in(EvidenceData data) {
        return new LegRoles(
                data.customerLeg(),
                data.agentLeg(),
                data.segment().contact(),
                data.otherAgents().agents(),
                data.ignoredParticipants(),
                data.calls());
    }

    /**
     * Returns the role of a leg. If the task does not name the leg, the device that its Call goes to decides. The leg
     * is this agent's only if it goes to this agent's device.
     */
    Role of(CallSid leg) {
        if (customer.isPresent() && customer.get().equals(leg)) {
            return Role.CUSTOMER;
        }
        if (agent.isPresent() && agent.get().equals(leg)) {
            return Role.AGENT;
        }
        return call(leg).flatMap(Call::to).map(this::of).orElse(Role.UNKNOWN);
    }

    private Role of(Address device) {
        if (ignored.stream().anyMatch(device::sameAs)) {
            return Role.IGNORED;
        }
        if (contact.stream().anyMatch(device::sameAs)) {
            return Role.AGENT;
        }
        if (otherAgents.stream()
                .map(OtherAgent::contact)
                .flatMap(Optional::stream)
                .anyMatch(device::sameAs)) {
            return Role.OTHER_AGENT;
        }
        if (isAnAgentsDeviceUnknown()) {
            return Role.UNKNOWN;
        }
        return device.isBrowser() ? Role.SUPERVISOR : Role.EXTERNAL;
    }

    /** Returns the other reservations on this agent's device, such as an earlier one of the same worker. */
    Stream<OtherAgent> sharingDevice() {
        return otherAgents.stream()
                .filter(other -> other.contact().stream()
                        .anyMatch(device -> contact.stream().anyMatch(device::sameAs)));
    }

    /** An agent whose device is unknown may be on any device. */
    private boolean isAnAgentsDeviceUnknown() {
        boolean isThisAgentsUnknown = contact.isEmpty() && agent.isEmpty();
        return isThisAgentsUnknown
                || otherAgents.stream().map(OtherAgent::contact).anyMatch(Optional::isEmpty);
    }

    /** Returns whether the leg's role is not known and its Call was not requested yet. */
    boolean needsCall(CallSid leg) {
        return of(leg) == Role.UNKNOWN && !calls.containsKey(leg);
    }

    /** Returns the leg's Call, if it was requested and Twilio has it. */
    Optional<Call> call(CallSid leg) {
        return calls.get(leg) instanceof CallLookup.Found found ? Optional.of(found.call()) : Optional.empty();
    }
}
