package io.hangupby.example.endurance;

import java.time.Duration;
import java.util.List;

/**
 * What was left in the end.
 *
 * @param calls the calls that were played
 * @param segments the agents' parts in them
 * @param unanswered the calls that had an event which was never answered 204
 * @param wrong the segments of the other calls that had another value than the right one when they completed
 * @param wrongUnanswered the same of the calls with an unanswered event
 * @param writtenTwice the updates that wrote what stood there already
 * @param damaged the calls with an attribute that was changed and is not ours
 * @param kills how often a node was killed
 * @param databaseRestarts how often the database was restarted
 * @param faults how many API calls failed
 * @param median the median time from wrap-up to the value
 * @param slowest the longest
 */
record Result(
        int calls,
        int segments,
        int unanswered,
        List<String> wrong,
        int wrongUnanswered,
        int writtenTwice,
        int damaged,
        int kills,
        int databaseRestarts,
        int faults,
        Duration median,
        Duration slowest) {

    boolean isRight() {
        return wrong.isEmpty() && writtenTwice == 0 && damaged == 0;
    }

    @Override
    public String toString() {
        return """
                nodes killed and started again         %d
                database restarted                     %d
                API calls that failed                  %d
                calls                                  %d
                segments                               %d
                calls with an event never answered 204 %d
                  their segments with a wrong value    %d
                wrong values among all others          %d %s
                values written twice                   %d
                calls with other attributes changed    %d
                wrap-up to value, median / slowest     %d ms / %d ms""".formatted(
                        kills,
                        databaseRestarts,
                        faults,
                        calls,
                        segments,
                        unanswered,
                        wrongUnanswered,
                        wrong.size(),
                        wrong,
                        writtenTwice,
                        damaged,
                        median.toMillis(),
                        slowest.toMillis());
    }
}
