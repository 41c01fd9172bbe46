package io.hangupby.example.benchmark;

import java.lang.management.ManagementFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A web application with nothing in it, whose start is measured: it prints the milliseconds since its JVM began, and ends. */
@SpringBootApplication
public class StartedApplication {

    /** Starts it. */
    public static void main(String... args) {
        SpringApplication.run(StartedApplication.class, args);
        System.out.println(ManagementFactory.getRuntimeMXBean().getUptime());
        Runtime.getRuntime().halt(0);
    }
}
