package io.hangupby.servlet;

import java.util.Collection;
import java.util.List;

/** The patterns to which a filter is mapped, as the Servlet specification has them: without the context path. Immutable. */
record UrlPatterns(Collection<String> patterns) {

    UrlPatterns {
        patterns = List.copyOf(patterns);
    }

    /** Says whether what is sent to a path can come by one of them, whatever a proxy or the context path takes off its front. */
    boolean canFit(String path) {
        for (int from = path.indexOf('/'); from >= 0; from = path.indexOf('/', from + 1)) {
            String rest = path.substring(from);
            if (patterns.stream().anyMatch(pattern -> fits(pattern, rest))) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(String pattern, String path) {
        if (pattern.endsWith("/*")) {
            return (path + "/").startsWith(pattern.substring(0, pattern.length() - 1));
        }
        return pattern.equals("/")
                || (pattern.startsWith("*.") ? path.endsWith(pattern.substring(1)) : path.equals(pattern));
    }

    @Override
    public String toString() {
        return patterns.toString();
    }
}
