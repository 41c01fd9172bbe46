package io.hangupby.spring;

import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Outcome;

/**
 * The application event of an agent who has completed: {@code outcome.write().kept()} says whether Flex Insights read the value.
 * Published once for a segment that has a value, as {@link HangUpByListener#onCompleted} is called. Immutable.
 *
 * @param outcome the outcome of the segment
 */
public record SegmentCompleted(Outcome outcome) {}
