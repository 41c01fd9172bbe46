package io.hangupby.servlet;

import io.hangupby.HangUpBy;
import jakarta.servlet.ServletContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shares a {@link HangUpBy} from {@code web.xml} with the application, which asks it for explanations, status and parked tasks. */
final class ContextAttribute {
    private static final Logger log = LoggerFactory.getLogger(ContextAttribute.class);

    private ContextAttribute() {}

    /** Sets the attribute, unless another servlet or filter has set it. */
    static void publish(HangUpBy started, ServletContext context) {
        if (context.getAttribute(HangUpByServlet.ATTRIBUTE) == null) {
            context.setAttribute(HangUpByServlet.ATTRIBUTE, started);
        } else {
            log.warn(
                    "A second HangUpBy is declared in web.xml, and the attribute {} has the first. The two know nothing of each other's "
                            + "events; create a single HangUpBy in a ServletContextListener, and register the filter and the servlet with it",
                    HangUpByServlet.ATTRIBUTE);
        }
    }

    static void withdraw(HangUpBy ended, ServletContext context) {
        if (context.getAttribute(HangUpByServlet.ATTRIBUTE) == ended) {
            context.removeAttribute(HangUpByServlet.ATTRIBUTE);
        }
    }
}
