package io.hangupby.example.endurance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The values of a JSON text as they are written, in their order, but for those that hangupby may write. */
final class Leaves {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> OURS = Set.of("/conversations/hang_up_by", "/conversations/destination");

    private Leaves() {}

    static List<String> of(String json) {
        List<String> leaves = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String path = parser.getParsingContext().pathAsPointer().toString();
                if (token.isScalarValue() && !OURS.contains(path)) {
                    int from = (int) parser.currentTokenLocation().getCharOffset();
                    parser.finishToken();
                    int to = (int) parser.currentLocation().getCharOffset();
                    leaves.add(path + "=" + json.substring(from, to));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return leaves;
    }
}
