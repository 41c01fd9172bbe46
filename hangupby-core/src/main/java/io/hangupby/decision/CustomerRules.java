package io.hangupby.decision;

import static io.hangupby.decision.Facts.customersCall;
import static io.hangupby.decision.Facts.end;
import static io.hangupby.decision.Facts.fact;
import static io.hangupby.decision.Facts.marked;
import static io.hangupby.decision.Facts.noPlugin;
import static io.hangupby.decision.Facts.unmarked;
import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.needs;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.Finding.notApplicable;

import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.Role;
import io.hangupby.decision.Fact.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The rules that go by what became of the customer's leg. */
final class CustomerRules {
    /** A customer's call that outlives the conference by more than this did not end with it. */
    private static final Duration HUNG_UP_WITHIN = Duration.ofSeconds(2);

    private CustomerRules() {}

    static Finding notACustomerCall(CallEvidence evidence) {
        if (evidence.attributes().internal()) {
            return notApplicable("an agent called another agent", fact(Source.TASK, "client_call is true"));
        }
        if (evidence.customerLeg().isEmpty()) {
            return notApplicable("no customer was on a line", fact(Source.TASK, "no leg of a customer is named"));
        }
        return noMatch("a customer was on a line");
    }

    static Finding neverConnected(CallEvidence evidence) {
        if (!evidence.attributes().outbound()) {
            return noMatch("the customer called in");
        }
        Optional<CallSid> joined =
                evidence.customerLeg().filter(leg -> evidence.participantLog().hasJoined(leg));
        if (joined.isPresent()) {
            return noMatch("the customer joined the conference");
        }
        if (evidence.asksWhoIsIn().isPresent()) {
            return evidence.asksWhoIsIn().get();
        }
        if (evidence.isPresent(Role.CUSTOMER)) {
            return noMatch("the customer is in the conference");
        }
        return evidence.customerLeg().map(leg -> neverConnected(evidence, leg)).orElse(noMatch("no customer's leg"));
    }

    private static Finding neverConnected(CallEvidence evidence, CallSid customer) {
        if (!evidence.hasAsked(customer)) {
            return needs(new Question.CallOf(customer));
        }
        return evidence.call(customer)
                .map(call -> neverConnected(evidence, call))
                .orElse(noMatch("Twilio has no call of the customer"));
    }

    private static Finding neverConnected(CallEvidence evidence, Call call) {
        return switch (call.status()) {
            case BUSY, NO_ANSWER, FAILED -> notApplicable("the customer never answered", customersCall(call));
            case CANCELED ->
                matches(EndedBy.AGENT, "the agent gave up before the customer answered", customersCall(call));
            case QUEUED, RINGING ->
                evidence.isConfirmedOpen(call.sid())
                        ? notApplicable("the customer had not answered", customersCall(call))
                        : needs(new Question.CallStillOpen(call.sid()));
            case IN_PROGRESS, COMPLETED, OTHER -> noMatch("the customer's call did not fail");
        };
    }

    static Finding externalColdTransfer(CallEvidence evidence) {
        Optional<Finding> notMoved = unlessMoved(evidence);
        if (notMoved.isPresent()) {
            return notMoved.get();
        }
        return evidence.customerLeg()
                .flatMap(evidence::liveChild)
                .map(child -> matches(
                        EndedBy.EXTERNAL_COLD_TRANSFER,
                        "the customer was sent to an outside number",
                        child.to(),
                        fact(Source.CALL, "the customer's call goes on to a number")))
                .orElse(noMatch("the customer's call went to no number"));
    }

    static Finding customerMovedOn(CallEvidence evidence) {
        return unlessMoved(evidence).orElseGet(() -> movedOn(evidence));
    }

    private static Finding movedOn(CallEvidence evidence) {
        Fact goesOn = fact(Source.CALL, "the customer's call went on outside the conference");
        if (evidence.isMarked()) {
            return matches(EndedBy.AGENT, "the agent clicked and the customer was moved on", goesOn, marked());
        }
        return evidence.pluginInstalled()
                ? matches(EndedBy.SYSTEM, "the customer was moved on and no agent had clicked", goesOn, unmarked())
                : matches(EndedBy.AGENT, "the customer was moved on while with the agent", goesOn, noPlugin());
    }

    /** Returns why the customer is not known to have been moved elsewhere through the API; nothing if they were. */
    private static Optional<Finding> unlessMoved(CallEvidence evidence) {
        Optional<Finding> question = evidence.asksWhoLeftFirst();
        if (question.isEmpty() && evidence.customerLeave().isEmpty()) {
            question = evidence.asksWhoIsIn();
        }
        if (question.isPresent()) {
            return question;
        }
        Optional<CallSid> customer = evidence.customerLeg().filter(leg -> customerIsGone(evidence));
        if (customer.isEmpty()) {
            return Optional.of(noMatch("the customer's leg is not known to have been moved before the agent's left"));
        }
        CallSid leg = customer.get();
        if (!evidence.hasAsked(leg)) {
            return Optional.of(needs(new Question.CallOf(leg)));
        }
        Optional<Call> call = evidence.call(leg).filter(found -> wentOn(evidence, found));
        if (call.isEmpty()) {
            return Optional.of(noMatch("the customer's call did not go on without the agent"));
        }
        if (!evidence.hasAskedChildren(leg)) {
            return Optional.of(needs(new Question.ChildrenOf(leg)));
        }
        boolean certain = call.get().status() != Call.Status.IN_PROGRESS
                || wasUpdated(evidence)
                || evidence.liveChild(leg).isPresent()
                || evidence.isConfirmedOpen(leg);
        return certain ? Optional.empty() : Optional.of(needs(new Question.CallStillOpen(leg)));
    }

    /** A hang-up, a move to a survey and a transfer to a number look the same in the conference; not in its callbacks. */
    private static boolean customerIsGone(CallEvidence evidence) {
        if (evidence.customerLeave().flatMap(ParticipantLeft::reason).isPresent()) {
            return wasUpdated(evidence);
        }
        return evidence.endedBy(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, Role.CUSTOMER)
                || evidence.endedBy(EndReason.LAST_PARTICIPANT_LEFT, Role.AGENT)
                || (evidence.isOngoing() && !evidence.isPresent(Role.CUSTOMER));
    }

    /** Says whether the customer's leg is known to have been moved or removed while the agent was there. */
    private static boolean wasUpdated(CallEvidence evidence) {
        return evidence.customerLeave()
                .filter(leave -> leave.is(ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API))
                .filter(leave -> !evidence.agentLeftFirst())
                .isPresent();
    }

    private static boolean wentOn(CallEvidence evidence, Call call) {
        return call.status() == Call.Status.IN_PROGRESS || outlivedTheConference(evidence, call);
    }

    private static boolean outlivedTheConference(CallEvidence evidence, Call call) {
        Optional<Instant> over = evidence.customerLeave()
                .map(ParticipantLeft::at)
                .or(() -> evidence.ending().flatMap(Conference::updated));
        return call.ended().isPresent()
                && over.isPresent()
                && call.ended().get().isAfter(over.get().plus(HUNG_UP_WITHIN));
    }

    static Finding customerRemoved(CallEvidence evidence) {
        boolean endedWithIt = evidence.customerLeg()
                .flatMap(evidence::call)
                .filter(call -> call.status() == Call.Status.COMPLETED)
                .isPresent();
        if (wasUpdated(evidence) && endedWithIt) {
            return matches(
                    EndedBy.AGENT,
                    "the customer was removed from the call",
                    fact(
                            Source.CALLBACKS,
                            "the customer's leg left, " + ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API));
        }
        return isRemoval(evidence) && evidence.endingRole() == Role.CUSTOMER
                ? matches(EndedBy.AGENT, "the customer was removed from the call", end(evidence, "the customer's leg"))
                : noMatch("the customer's leg was not removed");
    }

    static boolean isRemoval(CallEvidence evidence) {
        return evidence.ending()
                .flatMap(Conference::endReason)
                .filter(EndReason::isRemoval)
                .isPresent();
    }

    static Finding customerLeft(CallEvidence evidence) {
        Optional<Finding> question = evidence.asksWhoLeftFirst();
        if (question.isPresent()) {
            return question.get();
        }
        if (hungUpFirst(evidence)) {
            return matches(
                    EndedBy.CUSTOMER,
                    "the customer hung up",
                    fact(Source.CALLBACKS, "the customer's leg left before the agent's, participant_hung_up"));
        }
        if (evidence.endedBy(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, Role.CUSTOMER)) {
            return matches(EndedBy.CUSTOMER, "the customer hung up", end(evidence, "the customer's leg"));
        }
        if (evidence.agentLeftFirst()) {
            return noMatch("the agent's leg had left before the customer's");
        }
        return evidence.asksWhoIsIn()
                .or(() -> evidence.customerLeg()
                        .filter(leg -> !evidence.hasAsked(leg) && isGoneFromWhatGoesOn(evidence))
                        .map(leg -> needs(new Question.CallOf(leg))))
                .orElseGet(() -> callEnded(evidence));
    }

    private static boolean hungUpFirst(CallEvidence evidence) {
        return evidence.customerLeftFirst()
                && evidence.customerLeave()
                        .filter(leave -> leave.is(ParticipantLeft.Reason.PARTICIPANT_HUNG_UP))
                        .isPresent();
    }

    private static boolean isGoneFromWhatGoesOn(CallEvidence evidence) {
        boolean wentWithTheConference = evidence.customerLeave()
                .filter(ParticipantLeft::isConsequenceOfEnd)
                .isPresent();
        return !wentWithTheConference
                && (evidence.conference().isEmpty() || (evidence.isOngoing() && !evidence.isPresent(Role.CUSTOMER)));
    }

    private static Finding callEnded(CallEvidence evidence) {
        return evidence.customerLeg()
                .flatMap(evidence::call)
                .filter(call -> call.status() == Call.Status.COMPLETED)
                .filter(call -> endedWithoutTheConference(evidence, call))
                .map(call -> matches(EndedBy.CUSTOMER, "the customer's call ended by itself", customersCall(call)))
                .orElse(noMatch("the customer's leg did not leave by itself"));
    }

    /** The agent was still there, or nobody had joined yet, so it was not the conference that ended the customer's call. */
    private static boolean endedWithoutTheConference(CallEvidence evidence, Call call) {
        boolean afterTheAgent =
                call.ended().filter(evidence::isAfterTheAgentLeft).isPresent();
        return isGoneFromWhatGoesOn(evidence) && (evidence.conference().isEmpty() || !afterTheAgent);
    }

    static Finding customerLeftFirst(CallEvidence evidence) {
        return evidence.endedBy(EndReason.LAST_PARTICIPANT_LEFT, Role.AGENT)
                ? matches(
                        EndedBy.CUSTOMER,
                        "the agent was the last in the conference, so the customer had gone before",
                        end(evidence, "the agent's leg"))
                : noMatch("the agent is not known to have stayed behind alone");
    }
}
