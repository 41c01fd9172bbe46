package io.hangupby.example.contactcenter.report;

import io.hangupby.simulator.TwilioSimulator;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Mounts the report's filter in front of the page only, and prints the page's address. */
@Configuration(proxyBeanMethods = false)
class ReportConfiguration {
    private final Optional<ReportKey> key;

    /** Simulated calls contain no personal data, so everybody may see them. */
    ReportConfiguration(Environment settings, ObjectProvider<TwilioSimulator> simulator) {
        boolean invented = simulator.getIfAvailable() != null;
        boolean forEverybody = settings.getProperty("report.remote", Boolean.class, invented);
        key = forEverybody ? Optional.empty() : Optional.of(new ReportKey());
    }

    @Bean
    FilterRegistrationBean<ReportFilter> reportFilter() {
        FilterRegistrationBean<ReportFilter> filter = new FilterRegistrationBean<>(new ReportFilter(key));
        filter.addUrlPatterns("/", "/index.html", "/report/*");
        return filter;
    }

    @Bean
    ReportAddress reportAddress() {
        return new ReportAddress(key, System.out);
    }
}
