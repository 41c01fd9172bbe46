package io.hangupby.example.endurance;

import java.time.Duration;
import java.util.List;

/**
 * The figures at the end of the test.
 *
 * @param calls the calls that were played
 * @param segments the segments of these calls
 * @param notReceived the calls with an event that never received 204
 * @param wrong the segments of the other calls with a wrong value at completion
 * @param wrongNotReceived the segments of calls in {@code notReceived} with a wrong value
 * @param writtenTwice the updates that wrote the value that the field already had
 * @param damaged the calls with a changed attribute of another writer
 * @param kills how often a node was killed
 * @param databaseRestarts how often the database was restarted
 * @param faults how many API calls failed
 * @param median the median time from wrap-up to the value
 * @param slowest the longest
 */
record Result(
        int calls,
        int segments,
        int notReceived,
        List<String> wrong,
        int wrongNotReceived,
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
                calls with an event that never received 204 %d
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
                        notReceived,
                        wrongNotReceived,
                        wrong.size(),
                        wrong,
                        writtenTwice,
                        damaged,
                        median.toMillis(),
                        slowest.toMillis());
    }
}
