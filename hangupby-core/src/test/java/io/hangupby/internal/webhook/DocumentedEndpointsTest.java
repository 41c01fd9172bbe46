package io.hangupby.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.internal.event.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/endpoints.md} and {@code docs/getting-started/twilio-setup.md} describe the endpoints correctly. */
class DocumentedEndpointsTest {

    @Test
    void every_endpoint_is_documented_with_its_limits() throws IOException {
        Stream<List<String>> endpoints = Arrays.stream(Endpoint.values())
                .map(endpoint -> List.of(
                        "`POST …" + endpoint.path() + "`",
                        "`" + endpoint.mediaTypes().replace(" or ", "` or `") + "`",
                        endpoint == Endpoint.EVENTS ? "1 MiB" : endpoint.maxKib() + " KiB"));

        assertThat(documentation("endpoints.md")
                        .lines()
                        .filter(line -> line.startsWith("| `POST"))
                        .map(line -> Arrays.stream(line.split("\\|", -1))
                                .map(String::strip)
                                .toList())
                        .map(cells -> List.of(cells.get(1), cells.get(3), cells.get(4))))
                .containsExactlyElementsOf(endpoints.toList());
    }

    /** The filter of the callback, and the subscriptions of the stream. */
    @ParameterizedTest
    @ValueSource(strings = {"\n(task.created,.*?)\n", "\nfor event in (.*?)\ndo\n"})
    void the_documented_subscriptions_include_every_relevant_event(String list) throws IOException {
        Matcher events =
                Pattern.compile(list, Pattern.DOTALL).matcher(documentation("getting-started/twilio-setup.md"));
        Stream<String> counting = Arrays.stream(EventType.values())
                .filter(type -> type != EventType.OTHER)
                .map(EventType::toString);

        assertThat(events.find()).isTrue();
        assertThat(Pattern.compile("[a-z]+\\.[a-z-]+")
                        .matcher(events.group(1))
                        .results()
                        .map(MatchResult::group))
                .containsExactlyElementsOf(counting.toList());
    }

    private static String documentation(String page) throws IOException {
        return Files.readString(Path.of("../docs", page));
    }
}
