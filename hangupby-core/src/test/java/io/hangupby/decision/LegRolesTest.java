package io.hangupby.decision;

import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.ANOTHER;
import static io.hangupby.decision.Evidence.BROWSER;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.LEFT;
import static io.hangupby.decision.Evidence.OTHER_AGENTS_BROWSER;
import static io.hangupby.decision.Evidence.SIP_PHONE;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LegRolesTest {
    private static final Optional<Address> UNKNOWN_DEVICE = Optional.empty();

    private static LegRoles roles(Optional<Address> contact, List<OtherAgent> others, CallLookup strangers) {
        Optional<CallSid> agent = others.isEmpty() && contact.isPresent() ? Optional.of(AGENT) : Optional.empty();
        return new LegRoles(Optional.of(CUSTOMER), agent, contact, others, Set.of(), Map.of(STRANGER, strangers));
    }

    private static CallLookup goesTo(Optional<Address> to) {
        return new CallLookup.Found(new Call(STRANGER, Call.Status.IN_PROGRESS, to, Optional.empty()), false);
    }

    private static CallLookup goesTo(Address to) {
        return goesTo(Optional.of(to));
    }

    private static OtherAgent on(Optional<Address> device) {
        return new OtherAgent(ANOTHER, device, LEFT, Optional.empty(), Optional.empty());
    }

    @Test
    void a_leg_that_the_task_names_needs_no_call() {
        LegRoles roles = new LegRoles(
                Optional.of(CUSTOMER), Optional.of(AGENT), Optional.of(BROWSER), List.of(), Set.of(), Map.of());

        assertThat(roles.of(CUSTOMER)).isEqualTo(Role.CUSTOMER);
        assertThat(roles.of(AGENT)).isEqualTo(Role.AGENT);
        assertThat(roles.of(STRANGER)).isEqualTo(Role.UNKNOWN);
        assertThat(roles.needsCall(CUSTOMER)).isFalse();
        assertThat(roles.needsCall(AGENT)).isFalse();
        assertThat(roles.needsCall(STRANGER)).isTrue();
    }

    @Test
    void an_ignored_device_is_no_party_even_if_it_is_the_agents() {
        LegRoles roles = new LegRoles(
                Optional.empty(),
                Optional.empty(),
                Optional.of(BROWSER),
                List.of(),
                Set.of(BROWSER),
                Map.of(STRANGER, goesTo(BROWSER)));

        assertThat(roles.of(STRANGER)).isEqualTo(Role.IGNORED);
    }

    @Test
    void an_outside_partys_telephone_is_known_if_the_agents_leg_is_and_the_device_is_not() {
        LegRoles roles = new LegRoles(
                Optional.empty(),
                Optional.of(AGENT),
                UNKNOWN_DEVICE,
                List.of(),
                Set.of(),
                Map.of(STRANGER, goesTo(TELEPHONE)));

        assertThat(roles.of(STRANGER)).isEqualTo(Role.EXTERNAL);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void another_leg_is_whose_device_its_call_goes_to(String name, LegRoles roles, Role role) {
        assertThat(roles.of(STRANGER)).isEqualTo(role);
        assertThat(roles.needsCall(STRANGER)).isFalse();
    }

    static Stream<Arguments> another_leg_is_whose_device_its_call_goes_to() {
        Optional<Address> own = Optional.of(BROWSER);
        List<OtherAgent> other = List.of(on(Optional.of(OTHER_AGENTS_BROWSER)));
        List<OtherAgent> otherOnUnknown = List.of(on(UNKNOWN_DEVICE));
        return Stream.of(
                arguments("this agent's device", roles(own, other, goesTo(BROWSER)), Role.AGENT),
                arguments("in another case", roles(own, other, goesTo(new Address("CLIENT:ADA"))), Role.AGENT),
                arguments("another agent's", roles(own, other, goesTo(OTHER_AGENTS_BROWSER)), Role.OTHER_AGENT),
                arguments("another browser", roles(own, other, goesTo(new Address("client:eve"))), Role.SUPERVISOR),
                arguments("a telephone", roles(own, other, goesTo(TELEPHONE)), Role.EXTERNAL),
                arguments("a SIP device", roles(own, List.of(), goesTo(SIP_PHONE)), Role.EXTERNAL),
                arguments("nowhere", roles(own, List.of(), goesTo(Optional.empty())), Role.UNKNOWN),
                arguments("Twilio has no such call", roles(own, List.of(), new CallLookup.NotFound()), Role.UNKNOWN),
                arguments(
                        "another agent may be on any device",
                        roles(own, otherOnUnknown, goesTo(TELEPHONE)),
                        Role.UNKNOWN),
                arguments(
                        "this agent may be on any device",
                        roles(UNKNOWN_DEVICE, List.of(), goesTo(TELEPHONE)),
                        Role.UNKNOWN));
    }
}
