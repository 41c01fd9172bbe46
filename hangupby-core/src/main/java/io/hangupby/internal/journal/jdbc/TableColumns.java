package io.hangupby.internal.journal.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The columns that a table must have, as the SQL file defines them. Immutable. */
final class TableColumns {
    private static final Pattern COLUMN =
            Pattern.compile("^ {2}(?!primary|foreign)(\\w+) +(.*?),?\\s*$", Pattern.MULTILINE);

    private final Map<String, String> definitions = new LinkedHashMap<>();

    /**
     * @param creation the command that creates the table, a column in each line, without comments
     */
    TableColumns(String creation) {
        Matcher column = COLUMN.matcher(creation);
        while (column.find()) {
            definitions.put(
                    column.group(1), column.group(1) + " " + column.group(2).replaceAll(" +", " "));
        }
    }

    /** Returns the definitions of the columns that a result with all columns of the table lacks. Further columns do not matter. */
    List<String> missing(ResultSetMetaData found) throws SQLException {
        Map<String, String> missing = new LinkedHashMap<>(definitions);
        for (int column = 1; column <= found.getColumnCount(); column++) {
            missing.remove(found.getColumnName(column).toLowerCase(Locale.ROOT));
        }
        return List.copyOf(missing.values());
    }
}
