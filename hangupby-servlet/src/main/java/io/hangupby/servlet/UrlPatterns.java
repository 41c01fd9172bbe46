package io.hangupby.servlet;

import java.util.Collection;
import java.util.List;

/** The URL patterns of a filter, as in the Servlet specification: without the context path. Immutable. */
record UrlPatterns(Collection<String> patterns) {

    UrlPatterns {
        patterns = List.copyOf(patterns);
    }

    /** Returns whether a path can match a pattern after a proxy or the context path has removed a prefix. */
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
