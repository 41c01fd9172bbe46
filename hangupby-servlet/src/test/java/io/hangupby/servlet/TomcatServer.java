package io.hangupby.servlet;

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

    TomcatServer(Container.Application application) throws Exception {
        Path base = Files.createTempDirectory(Path.of("target"), "tomcat");
        tomcat.setBaseDir(base.toAbsolutePath().toString());
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", base.toAbsolutePath().toString());
        ErrorPage unavailable = new ErrorPage();
        unavailable.setErrorCode(503);
        unavailable.setLocation(Container.ERROR_PAGE);
        context.addErrorPage(unavailable);
        ErrorPage thrown = new ErrorPage();
        thrown.setExceptionType(Throwable.class.getName());
        thrown.setLocation(Container.ERROR_PAGE);
        context.addErrorPage(thrown);
        context.addServletContainerInitializer((classes, servlets) -> application.register(servlets), Set.of());
        tomcat.start();
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
