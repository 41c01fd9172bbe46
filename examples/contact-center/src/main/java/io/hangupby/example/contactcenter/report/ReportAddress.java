package io.hangupby.example.contactcenter.report;

import java.io.PrintStream;
import java.util.Optional;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Prints the report's address before the demo's first call. The address is not logged, because it can contain the key.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ReportAddress implements ApplicationListener<ApplicationReadyEvent> {
    private final Optional<ReportKey> key;
    private final PrintStream out;

    /** @param key the key that opens the report; empty if the report is open to everybody */
    ReportAddress(Optional<ReportKey> key, PrintStream out) {
        this.key = key;
        this.out = out;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        Environment settings = ready.getApplicationContext().getEnvironment();
        if (settings.containsProperty("check")) {
            return;
        }
        String port = settings.getRequiredProperty("local.server.port");
        String path = settings.getProperty("server.servlet.context-path", "");
        out.println("The report, live: http://localhost:" + port + path + "/"
                + key.map(ReportKey::query).orElse(""));
    }
}
