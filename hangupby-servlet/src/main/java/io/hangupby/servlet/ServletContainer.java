package io.hangupby.servlet;

import jakarta.servlet.ServletContext;

/** The containers that treat a request's body each in a way of its own. */
enum ServletContainer {
    TOMCAT,
    JETTY,
    OTHER;

    /** Goes by the classes, because what a server calls itself can be set. */
    static ServletContainer of(ServletContext context) {
        String name = context.getClass().getName();
        if (name.startsWith("org.apache.catalina.")) {
            return TOMCAT;
        }
        return name.startsWith("org.eclipse.jetty.") ? JETTY : OTHER;
    }
}
