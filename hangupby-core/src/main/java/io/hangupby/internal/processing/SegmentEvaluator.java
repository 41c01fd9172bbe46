package io.hangupby.internal.processing;

import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Role;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.CallEvidenceBuilder;
import io.hangupby.decision.Decider;
import io.hangupby.decision.Question;
import io.hangupby.internal.twilio.TwilioGateway;
import io.hangupby.twilio.TwilioFailure;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Evaluates the rules on a segment's evidence, and asks Twilio the questions on which the verdict depends. */
final class SegmentEvaluator {
    /** A call that still reads as open after its leg left is read again after this time. */
    private static final Duration OPEN_CALL_AGAIN_AFTER = Duration.ofSeconds(1);

    /** The child calls of such a call are read again after this time, because a program may have sent it to a number. */
    private static final Duration CHILD_CALLS_AGAIN_AFTER = Duration.ofSeconds(2);

    /** A bound for deciders that always have another question; our rules ask three times at the most. */
    private static final int ROUNDS_AT_MOST = 10;

    private final TwilioGateway twilio;
    private final Decider decider;
    private final Sleeper sleeper;

    SegmentEvaluator(TwilioGateway twilio, Decider decider, Sleeper sleeper) {
        this.twilio = twilio;
        this.decider = decider;
        this.sleeper = sleeper;
    }

    /**
     * Evaluates evidence, with a reply to every question that could change the verdict. Returns nothing if a reply shows that
     * Twilio's API is not settled yet.
     *
     * @param last whether this evidence has to do, settled or not
     */
    Optional<Judgement> evaluate(CallEvidence evidence, boolean last) {
        Judgement judgement = judge(evidence);
        for (int round = 0; round < ROUNDS_AT_MOST; round++) {
            List<Question> open = judgement.evaluation().openQuestions();
            if (open.isEmpty()) {
                break;
            }
            CallEvidence more = ask(withAllParticipants(atOnce(open), judgement.evidence()), judgement.evidence());
            if (!last && onlyTimeCanTell(more)) {
                return Optional.empty();
            }
            judgement = judge(more);
        }
        return !last && (mayReappear(judgement) || maySettle(judgement)) ? Optional.empty() : Optional.of(judgement);
    }

    /** Evaluates fresher evidence, settled or not; the same evidence is not evaluated again. */
    Judgement evaluate(Judgement known, CallEvidence fresh) {
        return fresh.equals(known.evidence()) ? known : evaluate(fresh, true).orElseThrow();
    }

    /** Evaluates evidence as it is, and asks nothing. */
    Judgement judge(CallEvidence evidence) {
        return new Judgement(evidence, decider.evaluate(evidence));
    }

    /** The Call of a leg can still show that the agent is gone, if the agent's leg is not known, or that the leg is no party's. */
    private static boolean onlyTimeCanTell(CallEvidence known) {
        boolean legsAreKnown =
                (known.agentLeg().isPresent() && known.ignoredParticipants().isEmpty())
                        || known.questions().whoTheParticipantsAre().isEmpty();
        return legsAreKnown && !known.apiHasSettled();
    }

    /** Twilio's API may still show the moment before the agent left, and the verdict may rest on that. */
    private static boolean maySettle(Judgement judgement) {
        CallEvidence evidence = judgement.evidence();
        return evidence.isAgentListed() || (judgement.verdict().isProvisional() && !evidence.apiHasSettled());
    }

    /** A conference that Twilio does not have may come back, if the verdict can still change. */
    private static boolean mayReappear(Judgement judgement) {
        return judgement.evidence().conference().stream().anyMatch(SegmentEvaluator::hasVanished)
                && judgement.verdict().isProvisional();
    }

    /** Returns a conference that Twilio does not have. */
    static Conference vanished(ConferenceSid sid) {
        return new Conference(sid, true, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static boolean hasVanished(Conference conference) {
        return conference.equals(vanished(conference.sid()));
    }

    /** A question that has to wait is asked only if no other question is open: the other replies may make it needless. */
    private static List<Question> atOnce(List<Question> open) {
        List<Question> atOnce =
                open.stream().filter(question -> !question.hasToWait()).toList();
        return atOnce.isEmpty() ? open : atOnce;
    }

    /** A rule that needs to know whose leg a participant is needs it of all of them, but names one at a time. */
    private static List<Question> withAllParticipants(List<Question> open, CallEvidence known) {
        Set<Question> unknown = known.present(Role.UNKNOWN)
                .filter(leg -> !known.hasAsked(leg))
                .map(Question::callOf)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return open.stream().anyMatch(unknown::contains)
                ? Stream.concat(open.stream(), unknown.stream()).distinct().toList()
                : open;
    }

    /** Asks questions at the same time, and returns the evidence with all replies. */
    private CallEvidence ask(List<Question> questions, CallEvidence known) {
        RequestsTogether requests = new RequestsTogether(twilio);
        List<Supplier<Consumer<CallEvidenceBuilder>>> replies = questions.stream()
                .map(question -> requests.add(() -> ask(question, known)))
                .toList();
        requests.send();
        CallEvidenceBuilder more = known.toBuilder();
        replies.forEach(reply -> reply.get().accept(more));
        return more.build();
    }

    private Consumer<CallEvidenceBuilder> ask(Question question, CallEvidence soFar) {
        return question.match(
                leg -> adding(leg, twilio.call(leg)),
                leg -> askAgain(leg, soFar),
                leg -> addingChildren(leg, twilio.children(leg)),
                conference -> twilio.participants(conference)
                        .<Consumer<CallEvidenceBuilder>>map(listed -> more -> more.participants(Optional.of(listed)))
                        .orElse(more -> more.conference(Optional.of(vanished(conference)))));
    }

    private static Consumer<CallEvidenceBuilder> adding(CallSid leg, Optional<Call> found) {
        return more -> more.call(leg, found);
    }

    private static Consumer<CallEvidenceBuilder> addingChildren(CallSid leg, List<Call> children) {
        return more -> more.children(leg, children);
    }

    /** Twilio's list of child calls can lag, too. An agent who has completed waits for nothing. */
    private Consumer<CallEvidenceBuilder> askAgain(CallSid leg, CallEvidence soFar) {
        boolean hasChildren = soFar.hasAskedChildren(leg);
        if (!soFar.segment().completed()) {
            pause(leg, hasChildren ? CHILD_CALLS_AGAIN_AFTER : OPEN_CALL_AGAIN_AFTER);
        }
        Optional<Call> again = twilio.call(leg);
        Consumer<CallEvidenceBuilder> adding = more -> more.callAgain(leg, again);
        return hasChildren ? adding.andThen(addingChildren(leg, twilio.children(leg))) : adding;
    }

    private void pause(CallSid leg, Duration time) {
        try {
            sleeper.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TwilioFailure(
                    TwilioFailure.Kind.NOT_SENT, "read of call " + leg, "shutting down", Optional.empty());
        }
    }
}
