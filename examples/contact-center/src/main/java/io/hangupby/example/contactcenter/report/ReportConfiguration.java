package io.hangupby.example.contactcenter.report;

import io.hangupby.simulator.TwilioSimulator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Puts the report's filter in front of the page, and of nothing else. */
@Configuration(proxyBeanMethods = false)
class ReportConfiguration {

    @Bean
    FilterRegistrationBean<ReportFilter> reportFilter(Environment settings, ObjectProvider<TwilioSimulator> simulator) {
        boolean invented = simulator.getIfAvailable() != null;
        boolean forEverybody = settings.getProperty("report.remote", Boolean.class, invented);
        FilterRegistrationBean<ReportFilter> filter = new FilterRegistrationBean<>(new ReportFilter(forEverybody));
        filter.addUrlPatterns("/", "/index.html", "/report/*");
        return filter;
    }
}
