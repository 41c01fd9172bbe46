package io.hangupby.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.nio.file.Path;

/** A servlet container: of the four that are tested, the one on this run's class path. */
enum Container {
    JETTY_EE10("jetty/12.1", 0),
    JETTY_EE11("jetty/12.1", 1),
    TOMCAT_10("Apache Tomcat/10.1", 0),
    TOMCAT_11("Apache Tomcat/11.0", 1);

    /** Where an answer of 503 and an exception go. */
    static final String ERROR_PAGE = "/error";

    private final String product;
    private final int minorVersion;

    Container(String product, int minorVersion) {
        this.product = product;
        this.minorVersion = minorVersion;
    }

    static Container ofThisRun() {
        return valueOf(System.getProperty("container", JETTY_EE10.name()));
    }

    /** What it says that it is. */
    String product() {
        return product;
    }

    /** Which version of Servlet 6 it has. */
    int minorVersion() {
        return minorVersion;
    }

    /** Starts it on the loopback interface. */
    Running start(Application application) throws Exception {
        return switch (this) {
            case JETTY_EE10 -> JettyEe10.with(application);
            case JETTY_EE11 -> JettyEe11.with(application);
            case TOMCAT_10, TOMCAT_11 -> TomcatServer.with(application);
        };
    }

    /** Starts it with what the {@code WEB-INF/web.xml} in a directory declares. */
    Running start(Path webapp) throws Exception {
        return switch (this) {
            case JETTY_EE10 -> JettyEe10.with(webapp);
            case JETTY_EE11 -> JettyEe11.with(webapp);
            case TOMCAT_10, TOMCAT_11 -> TomcatServer.with(webapp);
        };
    }

    /** Registers what an application is made of. */
    interface Application {
        void register(ServletContext context) throws ServletException;
    }

    /** A container that has been started. */
    interface Running extends AutoCloseable {
        int port();

        @Override
        void close();
    }
}
