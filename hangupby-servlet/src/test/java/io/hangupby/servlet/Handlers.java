package io.hangupby.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Every handler in the container of this run, both without the filter and behind the filter. */
final class Handlers implements AutoCloseable {
    static final String PLAIN = "/direct/";
    static final String OBSERVED = "/filter/";

    /** Names the task of a request, for code that does not read the body. */
    static final String TASK_HEADER = "X-Task";

    private static final int ENOUGH_SECONDS = 10;

    private final Container.Running container;
    /** Tasks whose handler has returned. A response can arrive before its handler returns. */
    private final Map<String, Semaphore> left = new ConcurrentHashMap<>();

    Handlers(Filter filter) throws Exception {
        container = Container.ofThisRun().start(context -> {
            mount(context);
            watch(context.addFilter("leaving", this::leave));
            watch(context.addFilter("hangupby", filter));
        });
    }

    private void leave(ServletRequest request, ServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } finally {
            Optional.ofNullable(((HttpServletRequest) request).getHeader(TASK_HEADER))
                    .ifPresent(taskSid -> left(taskSid).release());
        }
    }

    private Semaphore left(String taskSid) {
        return left.computeIfAbsent(taskSid, task -> new Semaphore(0));
    }

    static void mount(ServletContext context) {
        for (Handler handler : Handler.values()) {
            mount(context, handler.name(), handler.servlet()).addMapping(PLAIN + handler, OBSERVED + handler);
        }
        mount(context, "target", Handler.target()).addMapping("/target", Container.ERROR_PAGE);
    }

    private static ServletRegistration.Dynamic mount(ServletContext context, String name, HttpServlet servlet) {
        ServletRegistration.Dynamic mounted = context.addServlet(name, servlet);
        mounted.setAsyncSupported(true);
        return mounted;
    }

    static void watch(FilterRegistration.Dynamic filter) {
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, OBSERVED + "*");
    }

    int port() {
        return container.port();
    }

    /**
     * Sends a message to a handler, and returns the response without the differences of the two ways. The filter and the handler have returned
     * by then, also where the rest of the message is not sent yet, unless the handler waits for it after its response.
     */
    String respond(String way, Handler handler, Message message) throws Exception {
        String taskSid = taskSid(handler, message);
        String path = way + handler;
        boolean early = handler.respondsWithoutTheRest();
        Message.Sending.Step leaving = () -> {
            if (way.equals(OBSERVED) && !handler.readsAfterItsResponse()) {
                awaitLeaving(handler, taskSid);
                left(taskSid).release();
            }
        };
        RawClient.Response response = message.send(
                new Message.Sending(port(), path, "http://127.0.0.1:" + port() + path, taskSid, early, leaving));
        if (way.equals(OBSERVED)) {
            awaitLeaving(handler, taskSid);
        }
        if (early && message.comesInParts()) {
            // This header says whether the whole body had arrived.
            response.headers().remove("connection");
        }
        return response.toString().replace(way, "/…/");
    }

    private void awaitLeaving(Handler handler, String taskSid) {
        try {
            if (!left(taskSid).tryAcquire(ENOUGH_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(handler + " did not end");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the task of a message to a handler. */
    static String taskSid(Handler handler, Message message) {
        byte[] seed = (handler + " " + message).getBytes(StandardCharsets.UTF_8);
        return "WT" + UUID.nameUUIDFromBytes(seed).toString().replace("-", "");
    }

    @Override
    public void close() {
        container.close();
    }
}
