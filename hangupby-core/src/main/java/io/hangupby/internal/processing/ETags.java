package io.hangupby.internal.processing;

import java.util.Optional;

/** The ETags of tasks, which are numbers in quotes. The number of a task's version in an event is probably the same number. */
final class ETags {
    private static final int MOST_DIGITS = 15;

    private ETags() {}

    /** Returns the number in an ETag, if it is one. */
    static Optional<Long> number(String etag) {
        String text = etag.startsWith("W/") ? etag.substring(2) : etag;
        String number = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
        boolean isNumber = !number.isEmpty()
                && number.length() <= MOST_DIGITS
                && number.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return isNumber ? Optional.of(Long.valueOf(number)) : Optional.empty();
    }

    static String of(long number) {
        return "\"" + number + "\"";
    }
}
