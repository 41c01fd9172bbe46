package io.hangupby.servlet;

import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

final class JettyEe11 implements Container.Running {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    private JettyEe11(ServletContextHandler context) throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
    }

    static JettyEe11 with(Container.Application application) throws Exception {
        ServletContextHandler context = new ServletContextHandler();
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        errors.setErrorPages(Map.of("503", Container.ERROR_PAGE, Throwable.class.getName(), Container.ERROR_PAGE));
        context.setErrorHandler(errors);
        context.addServletContainerInitializer((classes, servlets) -> application.register(servlets));
        return new JettyEe11(context);
    }

    static JettyEe11 with(Path webapp) throws Exception {
        WebAppContext context = new WebAppContext(webapp.toUri().toString(), "/");
        context.setParentLoaderPriority(true);
        return new JettyEe11(context);
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }
}
