package io.hangupby.simulator.events;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what was sent about a task and how it was responded to, for the message of a test that failed. */
final class DeliveryReport {

    private static final String NO_CALLBACK = "No event was sent, because callback(…) was not called. "
            + "With @TwilioSimulatorTest in Spring Boot, start the server: @SpringBootTest(webEnvironment = RANDOM_PORT).";

    private DeliveryReport() {}

    static String of(Collection<WebhookTarget> targets, List<DeliveryAttempt> attempts) {
        if (targets.isEmpty()) {
            return NO_CALLBACK;
        }
        if (attempts.isEmpty()) {
            return "No event about the task was sent to " + addresses(targets)
                    + ": it was dropped, held back, or came before callback(…).";
        }
        return "Sent to " + addresses(targets) + ":"
                + attempts.stream()
                        .map(attempt -> "\n    " + attempt.line())
                        .distinct()
                        .collect(Collectors.joining())
                + failed(attempts).map(attempt -> "\n  " + attempt.remedy()).orElse("");
    }

    private static Optional<DeliveryAttempt> failed(List<DeliveryAttempt> attempts) {
        return attempts.stream().filter(attempt -> !attempt.isAccepted()).findFirst();
    }

    private static String addresses(Collection<WebhookTarget> targets) {
        return targets.stream().map(WebhookTarget::description).distinct().collect(Collectors.joining("; "));
    }
}
