package io.hangupby.servlet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/** Tomcat 10.1 or 11. */
final class TomcatServer implements Container.Running {
    private final Tomcat tomcat = new Tomcat();
    private final Connector connector = new Connector();

    private TomcatServer() throws IOException {
        tomcat.setBaseDir(base().toString());
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
    }

    private static Path base() throws IOException {
        return Files.createTempDirectory(Path.of("target"), "tomcat").toAbsolutePath();
    }

    static TomcatServer with(Container.Application application) throws Exception {
        TomcatServer server = new TomcatServer();
        Context context = server.tomcat.addContext("", base().toString());
        ErrorPage unavailable = new ErrorPage();
        unavailable.setErrorCode(503);
        unavailable.setLocation(Container.ERROR_PAGE);
        context.addErrorPage(unavailable);
        ErrorPage thrown = new ErrorPage();
        thrown.setExceptionType(Throwable.class.getName());
        thrown.setLocation(Container.ERROR_PAGE);
        context.addErrorPage(thrown);
        context.addServletContainerInitializer((classes, servlets) -> application.register(servlets), Set.of());
        server.tomcat.start();
        return server;
    }

    static TomcatServer with(Path webapp) throws Exception {
        TomcatServer server = new TomcatServer();
        Context context = server.tomcat.addWebapp("", webapp.toAbsolutePath().toString());
        context.setParentClassLoader(TomcatServer.class.getClassLoader());
        server.tomcat.start();
        return server;
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
