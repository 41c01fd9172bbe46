package io.hangupby.internal.processing;

import io.hangupby.call.Segment;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Evaluation;
import io.hangupby.decision.Verdict;

/**
 * What the rules make of a segment's evidence. Immutable.
 *
 * @param evidence the evidence, with a reply to every question that could change the verdict
 * @param evaluation the rules' evaluation of exactly this evidence
 */
record Judgement(CallEvidence evidence, Evaluation evaluation) {

    Segment segment() {
        return evidence.segment();
    }

    Verdict verdict() {
        return evaluation.verdict();
    }
}
