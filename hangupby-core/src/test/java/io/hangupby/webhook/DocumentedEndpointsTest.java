package io.hangupby.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.event.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/webhook.md} says of the endpoints is so. */
class DocumentedEndpointsTest {

    @Test
    void areAllThatThereAreWithTheirLimits() throws IOException {
        Stream<List<String>> endpoints = Arrays.stream(Endpoint.values())
                .map(endpoint -> List.of(
                        "`POST …" + endpoint.path() + "`",
                        "`" + endpoint.mediaType() + "`",
                        endpoint == Endpoint.EVENTS ? "1 MiB" : endpoint.maxKib() + " KiB"));

        assertThat(documentation()
                        .lines()
                        .filter(line -> line.startsWith("| `POST"))
                        .map(line -> Arrays.stream(line.split("\\|", -1))
                                .map(String::strip)
                                .toList())
                        .map(cells -> List.of(cells.get(1), cells.get(3), cells.get(4))))
                .containsExactlyElementsOf(endpoints.toList());
    }

    @Test
    void areSubscribedToEveryEventThatCounts() throws IOException {
        String loop = documentation().split("for event in", 2)[1].split("\ndo\n", 2)[0];
        Stream<String> counting = Arrays.stream(EventType.values())
                .filter(type -> type != EventType.OTHER)
                .map(EventType::toString);

        assertThat(Pattern.compile("[a-z.-]+").matcher(loop).results().map(found -> found.group(0)))
                .containsExactlyElementsOf(counting.toList());
    }

    private static String documentation() throws IOException {
        return Files.readString(Path.of("../docs/webhook.md"));
    }
}
