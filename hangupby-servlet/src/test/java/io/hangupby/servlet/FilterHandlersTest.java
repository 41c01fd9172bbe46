package io.hangupby.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.AccountSid;
import io.hangupby.event.EventReader;
import io.hangupby.webhook.SignatureVerifier;
import io.hangupby.webhook.WebhookHandler;
import io.hangupby.webhook.WebhookSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handlers with the filter in front of them see and answer what they do without it, and the events are kept. */
@Timeout(60)
class FilterHandlersTest {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final HeardTasks journal = new HeardTasks();
    private static Container.Running container;

    @BeforeAll
    static void start() throws Exception {
        WebhookHandler webhook = new WebhookHandler(
                new WebhookSettings(new AccountSid(Message.ACCOUNT), Optional.empty(), Optional.empty(), false),
                new SignatureVerifier(List.of(Message.TOKEN)),
                new EventReader(Set.of("voice")),
                journal);
        container = Container.ofThisRun().start(context -> {
            for (Handler handler : Handler.values()) {
                register(context, handler.name(), handler.servlet())
                        .addMapping("/plain/" + handler, "/heard/" + handler);
            }
            register(context, "target", Handler.target()).addMapping("/target", Container.ERROR_PAGE);
            FilterRegistration.Dynamic filter =
                    context.addFilter("hangupby", new HangUpByFilter(new Watcher(() -> webhook, Optional.empty())));
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/heard/*");
        });
    }

    private static ServletRegistration.Dynamic register(ServletContext context, String name, HttpServlet servlet) {
        ServletRegistration.Dynamic registered = context.addServlet(name, servlet);
        registered.setAsyncSupported(true);
        return registered;
    }

    @AfterAll
    static void stop() {
        container.close();
        assertThat(journal.tasks()).as("each is heard once").doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Handler.class)
    void seeAndAnswerTheSameAndAreHeard(Handler handler) throws Exception {
        List<Message> messages =
                Arrays.stream(Message.values()).filter(handler::reads).toList();
        Map<Message, String> plain = new EnumMap<>(Message.class);
        Map<Message, String> heard = new EnumMap<>(Message.class);
        for (Message message : messages) {
            plain.put(message, answer("/plain/", handler, message));
            heard.put(message, answer("/heard/", handler, message));
        }
        assertThat(heard).isEqualTo(plain);

        List<Message> events = messages.stream()
                .filter(message -> message.isEvent() && handler.isHeard(message))
                .toList();
        for (Message message : events) {
            journal.await(task(handler, message), SOON);
        }
        assertThat(messages)
                .filteredOn(message -> journal.tasks().contains(task(handler, message)))
                .isEqualTo(events);
    }

    private static String task(Handler handler, Message message) {
        return "WT"
                + UUID.nameUUIDFromBytes((handler + " " + message).getBytes(UTF_8))
                        .toString()
                        .replace("-", "");
    }

    private static String answer(String path, Handler handler, Message message) throws Exception {
        return message.send(container.port(), path + handler, task(handler, message))
                .toString()
                .replace(path, "/…/");
    }
}
