package io.hangupby.servlet;

import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

final class JettyEe11 implements Container.Running {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    JettyEe11(Container.Application application) throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        errors.setErrorPages(Map.of("503", Container.ERROR_PAGE, Throwable.class.getName(), Container.ERROR_PAGE));
        context.setErrorHandler(errors);
        context.addServletContainerInitializer((classes, servlets) -> application.register(servlets));
        server.setHandler(context);
        server.start();
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
