package io.hangupby.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.nio.file.Path;

/** The servlet container on this run's class path, one of the four that are tested. */
enum Container {
    JETTY_EE10("jetty/12.1", 0),
    JETTY_EE11("jetty/12.1", 1),
    TOMCAT_10("Apache Tomcat/10.1", 0),
    TOMCAT_11("Apache Tomcat/11.0", 1);

    /** The error page for a response of 503 and for an exception. */
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

    /** Returns the name of the container. */
    String product() {
        return product;
    }

    /** Returns its minor version of Servlet 6. */
    int minorVersion() {
        return minorVersion;
    }

    /** Starts the container on the loopback interface. */
    Running start(Application application) throws Exception {
        return switch (this) {
            case JETTY_EE10 -> JettyEe10.with(application);
            case JETTY_EE11 -> JettyEe11.with(application);
            case TOMCAT_10, TOMCAT_11 -> TomcatServer.with(application);
        };
    }

    /** Starts the container with the {@code WEB-INF/web.xml} of a directory. */
    Running start(Path webapp) throws Exception {
        return switch (this) {
            case JETTY_EE10 -> JettyEe10.with(webapp);
            case JETTY_EE11 -> JettyEe11.with(webapp);
            case TOMCAT_10, TOMCAT_11 -> TomcatServer.with(webapp);
        };
    }

    /** Registers the servlets and filters of an application. */
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
