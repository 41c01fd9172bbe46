package io.hangupby.servlet;

import jakarta.servlet.ServletContext;

/** The containers that need different handling of a request's body. */
enum ServletContainer {
    TOMCAT,
    JETTY,
    OTHER;

    /** Recognizes a container by its classes, because the name of a server is configurable. */
    static ServletContainer of(ServletContext context) {
        String name = context.getClass().getName();
        if (name.startsWith("org.apache.catalina.")) {
            return TOMCAT;
        }
        return name.startsWith("org.eclipse.jetty.") ? JETTY : OTHER;
    }
}
