package io.hangupby.decision;

import static io.hangupby.decision.Finding.applies;
import static io.hangupby.decision.Finding.nothingToEnd;
import static io.hangupby.decision.Finding.passes;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Role;
import io.hangupby.decision.Fact.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Our rules, in their order: the table of {@code docs/decisions.md} as code. */
public final class DecisionRules {
    /** A customer's call that outlives the conference by more than this did not end with it. */
    private static final Duration HUNG_UP_WITHIN = Duration.ofSeconds(2);

    private DecisionRules() {}

    /** Returns the rules in the order in which they are tried. */
    public static List<DecisionRule> defaults() {
        return List.of(
                DecisionRule.of("not-a-customer-call", DecisionRules::notACustomerCall),
                DecisionRule.of("never-connected", DecisionRules::neverConnected),
                DecisionRule.of("customer-moved-on", DecisionRules::customerMovedOn),
                DecisionRule.of("customer-removed", DecisionRules::customerRemoved),
                DecisionRule.of("customer-left", DecisionRules::customerLeft),
                DecisionRule.of("customer-left-first", DecisionRules::customerLeftFirst),
                DecisionRule.of("agent-left", DecisionRules::agentLeft),
                DecisionRule.of("agent-removed", DecisionRules::agentRemoved),
                DecisionRule.of("ended-by-api", DecisionRules::endedByApi));
    }

    /** Returns a decider that goes by these rules: the first that applies decides, and none means unknown. */
    public static Decider decider(List<DecisionRule> rules) {
        return new OrderedDecider(rules);
    }

    private static Finding notACustomerCall(CallEvidence evidence) {
        if (evidence.attributes().internal()) {
            return nothingToEnd("an agent called another agent", fact(Source.TASK, "client_call is true"));
        }
        if (evidence.customerLeg().isEmpty()) {
            return nothingToEnd("no customer was on a line", fact(Source.TASK, "no leg of a customer is named"));
        }
        return passes("a customer was on a line");
    }

    private static Finding neverConnected(CallEvidence evidence) {
        if (!evidence.attributes().outbound()) {
            return passes("the customer called in");
        }
        if (evidence.isPresent(Role.CUSTOMER)) {
            return passes("the customer is in the conference");
        }
        return evidence.customerLeg().map(leg -> neverConnected(evidence, leg)).orElse(passes("no customer's leg"));
    }

    private static Finding neverConnected(CallEvidence evidence, CallSid customer) {
        if (!evidence.hasAsked(customer)) {
            return new Finding.Asks(new Question.CallOf(customer));
        }
        return evidence.call(customer)
                .map(call -> neverConnected(evidence, call))
                .orElse(passes("Twilio has no call of the customer"));
    }

    private static Finding neverConnected(CallEvidence evidence, Call call) {
        return switch (call.status()) {
            case BUSY, NO_ANSWER, FAILED -> nothingToEnd("the customer never answered", customersCall(call));
            case CANCELED ->
                applies(EndedBy.AGENT, "the agent gave up before the customer answered", customersCall(call));
            case QUEUED, RINGING ->
                evidence.isConfirmedOpen(call.sid())
                        ? nothingToEnd("the customer had not answered", customersCall(call))
                        : new Finding.Asks(new Question.CallStillOpen(call.sid()));
            case IN_PROGRESS, COMPLETED, OTHER -> passes("the customer's call did not fail");
        };
    }

    private static Finding customerMovedOn(CallEvidence evidence) {
        Optional<CallSid> customer = evidence.customerLeg().filter(leg -> customerIsGone(evidence));
        if (customer.isEmpty()) {
            return passes("the customer's leg is not known to have left before the agent's");
        }
        CallSid leg = customer.get();
        if (!evidence.hasAsked(leg)) {
            return new Finding.Asks(new Question.CallOf(leg));
        }
        Optional<Call> call = evidence.call(leg);
        if (call.filter(open -> open.status() == Call.Status.IN_PROGRESS).isPresent()) {
            return evidence.isConfirmedOpen(leg)
                    ? movedOn(evidence, call.get())
                    : new Finding.Asks(new Question.CallStillOpen(leg));
        }
        return call.filter(ended -> outlivedTheConference(evidence, ended))
                .map(ended -> movedOn(evidence, ended))
                .orElse(passes("the customer's call did not go on without the agent"));
    }

    /** A hang-up, a move to a survey and a transfer to a number look the same in the conference. */
    private static boolean customerIsGone(CallEvidence evidence) {
        return endedByLeaving(evidence, Role.CUSTOMER)
                || lastToLeaveWas(evidence, Role.AGENT)
                || (evidence.isOngoing() && evidence.legs().isPresent() && !evidence.isPresent(Role.CUSTOMER));
    }

    private static boolean outlivedTheConference(CallEvidence evidence, Call call) {
        Optional<Instant> over = evidence.ending().flatMap(Conference::updated);
        return call.ended().isPresent()
                && over.isPresent()
                && call.ended().get().isAfter(over.get().plus(HUNG_UP_WITHIN));
    }

    private static Finding movedOn(CallEvidence evidence, Call call) {
        Fact goesOn = fact(
                Source.CALL,
                call.status() == Call.Status.IN_PROGRESS
                        ? "the customer's call goes on outside the conference"
                        : "the customer's call went on after the conference had ended");
        if (evidence.isMarked()) {
            return applies(EndedBy.AGENT, "the agent clicked and the customer was moved on", goesOn, marked());
        }
        return evidence.pluginInstalled()
                ? applies(EndedBy.SYSTEM, "the customer was moved on and no agent had clicked", goesOn, unmarked())
                : applies(EndedBy.AGENT, "the customer was moved on while with the agent", goesOn, noPlugin());
    }

    private static Finding customerRemoved(CallEvidence evidence) {
        return evidence.ending()
                .filter(ended -> ended.endReason().filter(EndReason::isRemoval).isPresent())
                .filter(ended -> endingRole(evidence, ended) == Role.CUSTOMER)
                .map(ended -> applies(
                        EndedBy.AGENT, "the customer was removed from the call", end(ended, "the customer's leg")))
                .orElse(passes("the customer's leg was not removed"));
    }

    private static Finding customerLeft(CallEvidence evidence) {
        if (endedByLeaving(evidence, Role.CUSTOMER)) {
            return applies(EndedBy.CUSTOMER, "the customer hung up", endOf(evidence, "the customer's leg"));
        }
        Optional<CallSid> neverJoined =
                evidence.customerLeg().filter(leg -> evidence.conference().isEmpty() && !evidence.hasAsked(leg));
        if (neverJoined.isPresent()) {
            return new Finding.Asks(new Question.CallOf(neverJoined.get()));
        }
        return evidence.customerLeg()
                .flatMap(evidence::call)
                .filter(call -> call.status() == Call.Status.COMPLETED)
                .filter(call -> endedWithoutTheConference(evidence, call))
                .map(call -> applies(EndedBy.CUSTOMER, "the customer's call ended by itself", customersCall(call)))
                .orElse(passes("the customer's leg did not leave by itself"));
    }

    /** The agent was still there, or nobody had joined yet, so it was not the conference that ended the customer's call. */
    private static boolean endedWithoutTheConference(CallEvidence evidence, Call call) {
        if (evidence.conference().isEmpty()) {
            return true;
        }
        boolean afterTheAgent =
                call.ended().filter(evidence::isAfterTheAgentLeft).isPresent();
        return evidence.isOngoing() && !evidence.isPresent(Role.CUSTOMER) && !afterTheAgent;
    }

    private static Finding customerLeftFirst(CallEvidence evidence) {
        return lastToLeaveWas(evidence, Role.AGENT)
                ? applies(
                        EndedBy.CUSTOMER,
                        "the agent was the last in the conference, so the customer had gone before",
                        endOf(evidence, "the agent's leg"))
                : passes("the agent is not known to have stayed behind alone");
    }

    private static Finding agentLeft(CallEvidence evidence) {
        Optional<CallSid> unknown = legThatMayBeTheAgents(evidence);
        if (unknown.isPresent()) {
            return new Finding.Asks(new Question.CallOf(unknown.get()));
        }
        if (endedByLeaving(evidence, Role.AGENT)) {
            return onPurposeOrNot(evidence, endOf(evidence, "the agent's leg"));
        }
        if (evidence.transferred()) {
            return passes("the task was being transferred");
        }
        if (lastToLeaveWas(evidence, Role.CUSTOMER)) {
            return onPurposeOrNot(evidence, endOf(evidence, "the customer's leg"));
        }
        if (evidence.isOngoing() && evidence.isSettled()) {
            return onPurposeOrNot(
                    evidence,
                    fact(Source.PARTICIPANTS, "the conference goes on with the customer and without the agent"));
        }
        return passes("the agent's leg is not known to have left by itself");
    }

    private static Optional<CallSid> legThatMayBeTheAgents(CallEvidence evidence) {
        return evidence.conference()
                .flatMap(Conference::endingLeg)
                .filter(evidence::needsCallForRole)
                .or(() -> evidence.agentLeg().isPresent() ? Optional.empty() : evidence.legOfUnknownRole());
    }

    private static Finding onPurposeOrNot(CallEvidence evidence, Fact left) {
        if (evidence.isMarked()) {
            return applies(EndedBy.AGENT, "the agent hung up", left, marked());
        }
        if (!evidence.pluginInstalled()) {
            return applies(EndedBy.AGENT, "the agent's leg left", left, noPlugin());
        }
        return evidence.agentDevice()
                .map(device -> device.isBrowser()
                        ? applies(
                                EndedBy.DISCONNECT,
                                "the agent's browser went without a click",
                                left,
                                unmarked(),
                                wasOn(evidence, device))
                        : applies(EndedBy.AGENT, "the agent hung up the phone", left, wasOn(evidence, device)))
                .orElseGet(() -> evidence.agentLeg()
                        .filter(leg -> !evidence.hasAsked(leg))
                        .map(leg -> (Finding) new Finding.Asks(new Question.CallOf(leg)))
                        .orElse(passes("it is not known on what device the agent was")));
    }

    private static Finding agentRemoved(CallEvidence evidence) {
        return evidence.ending()
                .filter(ended -> ended.endReason().filter(EndReason::isRemoval).isPresent())
                .filter(ended -> endingRole(evidence, ended) == Role.AGENT)
                .map(ended -> applies(EndedBy.AGENT, "the agent's leg was taken down", end(ended, "the agent's leg")))
                .orElse(passes("the agent's leg was not removed"));
    }

    private static Finding endedByApi(CallEvidence evidence) {
        if (!endedFor(evidence, EndReason.CONFERENCE_ENDED_VIA_API)) {
            return passes("the conference was not ended through the API");
        }
        Fact how = fact(Source.CONFERENCE, "it ended, " + EndReason.CONFERENCE_ENDED_VIA_API);
        return evidence.isMarked()
                ? applies(EndedBy.AGENT, "the agent ended the call for all", how, marked())
                : applies(EndedBy.SYSTEM, "a program ended the call", how, unmarked());
    }

    private static boolean endedByLeaving(CallEvidence evidence, Role whose) {
        return endedFor(evidence, EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT)
                && evidence.ending()
                        .filter(ended -> endingRole(evidence, ended) == whose)
                        .isPresent();
    }

    private static boolean lastToLeaveWas(CallEvidence evidence, Role whose) {
        return endedFor(evidence, EndReason.LAST_PARTICIPANT_LEFT)
                && evidence.ending()
                        .filter(ended -> endingRole(evidence, ended) == whose)
                        .isPresent();
    }

    private static boolean endedFor(CallEvidence evidence, EndReason reason) {
        return evidence.ending()
                .flatMap(Conference::endReason)
                .filter(reason::equals)
                .isPresent();
    }

    private static Role endingRole(CallEvidence evidence, Conference ended) {
        return ended.endingLeg().map(evidence::role).orElse(Role.OTHER);
    }

    private static Fact endOf(CallEvidence evidence, String whose) {
        return evidence.ending().map(ended -> end(ended, whose)).orElse(fact(Source.CONFERENCE, "it ended"));
    }

    private static Fact end(Conference ended, String whose) {
        return fact(
                Source.CONFERENCE,
                "it ended, " + ended.endReason().map(Object::toString).orElse("no reason given") + ", by " + whose);
    }

    private static Fact customersCall(Call call) {
        return fact(Source.CALL, "the customer's call is " + call.status());
    }

    private static Fact wasOn(CallEvidence evidence, Address device) {
        Source source = evidence.segment().contact().isPresent() ? Source.EVENTS : Source.CALL;
        return fact(source, "the agent was on " + device);
    }

    private static Fact marked() {
        return fact(Source.TASK, "the plugin marked the agent's click");
    }

    private static Fact unmarked() {
        return fact(Source.TASK, "no plugin marked a click of this agent");
    }

    private static Fact noPlugin() {
        return fact(Source.SETTING, "hangupby.agent-marker is none: no plugin can mark a click");
    }

    private static Fact fact(Source source, String statement) {
        return new Fact(source, statement);
    }
}
