package io.hangupby.internal.journal.jdbc;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables of hangupby in one database.
 *
 * @param product the database
 * @param schema the schema that holds the tables, or an empty Optional for the connections' own schema
 */
record Tables(Product product, Optional<String> schema) {
    /** The names of the tables, without the schema. */
    static final List<String> NAMES = List.of("hangupby_task", "hangupby_event", "hangupby_leg", "hangupby_queue");

    private static final Pattern TABLE_IN_TEXT = Pattern.compile("\\b(hangupby_(?:task|event|leg|queue))(?!\\w)");

    /** Returns the name of a table for use in a statement. */
    String qualified(String table) {
        return schema.map(name -> name + "." + table).orElse(table);
    }

    /** Returns the name of the queue's table. */
    String queue() {
        return qualified("hangupby_queue");
    }

    /** Returns a statement whose tables are those of the schema. The names of indexes stay as they are. */
    String in(String statement) {
        return schema.map(name -> TABLE_IN_TEXT.matcher(statement).replaceAll(Matcher.quoteReplacement(name) + ".$1"))
                .orElse(statement);
    }
}
