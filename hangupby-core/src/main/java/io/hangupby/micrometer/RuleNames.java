package io.hangupby.micrometer;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Limits the values of the rule tag. A user's decider may return any rule id, which must neither flood a registry nor
 * bring a SID or a number into it. Thread-safe.
 */
final class RuleNames {
    private static final String OTHER = "other";
    private static final int NAMES_AT_MOST = 100;
    private static final int LENGTH_AT_MOST = 64;

    /** Matches a part of a SID or of a telephone number. */
    private static final Pattern IDENTIFIER = Pattern.compile("[0-9a-fA-F]{32}|[0-9]{5}");

    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    /** Returns the rule's id, or {@code other} if the id is unsuitable as a tag. */
    String tag(String rule) {
        if (seen.contains(rule)) {
            return rule;
        }
        boolean isName = !rule.isBlank()
                && rule.length() <= LENGTH_AT_MOST
                && !IDENTIFIER.matcher(rule).find();
        if (!isName || seen.size() >= NAMES_AT_MOST) {
            return OTHER;
        }
        seen.add(rule);
        return rule;
    }
}
