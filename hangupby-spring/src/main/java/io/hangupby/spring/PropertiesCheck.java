package io.hangupby.spring;

import io.hangupby.HangUpByConfigurationException;

/** Refuses properties that are wrong or contradict each other, before anything of hangupby is built. */
final class PropertiesCheck {
    private PropertiesCheck() {}

    /** @throws HangUpByConfigurationException if a property is wrong, or if two properties contradict each other */
    static void check(HangUpByProperties properties) {
        checkPath(properties.path());
        checkStore(properties);
        checkFilter(properties.filter());
    }

    private static void checkPath(String path) {
        if (!path.matches("(/[^/*{}]+)*/*") || path.isEmpty()) {
            throw new HangUpByConfigurationException(
                    "hangupby.path", "is not a valid path", "set it to a path such as /hangupby");
        }
    }

    private static void checkStore(HangUpByProperties properties) {
        if (properties.store() == HangUpByProperties.Store.JDBC) {
            return;
        }
        if (properties.jdbc().createTables()) {
            throw needsDatabase("hangupby.jdbc.create-tables");
        }
        if (properties.jdbc().givenSchema().isPresent()) {
            throw needsDatabase("hangupby.jdbc.schema");
        }
    }

    private static HangUpByConfigurationException needsDatabase(String property) {
        return new HangUpByConfigurationException(
                property, "is set, but the journal is kept in memory", "set hangupby.store=jdbc");
    }

    private static void checkFilter(HangUpByProperties.Filter filter) {
        String remedy =
                "set it to the URL pattern of the application's handler of TaskRouter's callbacks, such as /callbacks/taskrouter or /callbacks/*";
        if (filter.enabled() && filter.urlPatterns().isEmpty()) {
            throw new HangUpByConfigurationException("hangupby.filter.url-patterns", "is missing", remedy);
        }
        // A servlet container treats Spring's patterns as literal paths, which no request matches.
        if (filter.enabled() && !filter.urlPatterns().stream().allMatch(PropertiesCheck::isOfServlets)) {
            throw new HangUpByConfigurationException(
                    "hangupby.filter.url-patterns",
                    "has a value that begins with neither / nor *., or contains ** or {, which servlets do not support",
                    remedy);
        }
    }

    private static boolean isOfServlets(String pattern) {
        return (pattern.startsWith("/") || pattern.startsWith("*."))
                && !pattern.contains("**")
                && !pattern.contains("{");
    }
}
