package io.hangupby.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;

/**
 * Wraps the container's request, and copies the part of the body that the handler reads into a tap. Reads nothing before the handler
 * does, and afterwards only the bytes that have arrived, so that no thread waits for the sender because of hangupby.
 */
final class TeeRequest extends HttpServletRequestWrapper {
    private static final int CHUNK_BYTES = 8 * 1024;

    /** The attribute with the form that Jetty has parsed. Without it, a call for parameters makes Jetty wait for the body. */
    private static final String FORM_PARSED_BY_JETTY = "org.eclipse.jetty.server.FormFields";

    private final HttpServletRequest arrived;
    private final BodyTap tap;
    private final ServletContainer container;
    private final HttpServletResponse response;
    private volatile boolean asynchronous;
    private volatile boolean leftToErrorPage;
    private Optional<TeeInputStream> stream = Optional.empty();
    private Optional<BufferedReader> reader = Optional.empty();

    TeeRequest(HttpServletRequest request, HttpServletResponse response, BodyTap tap) {
        super(request);
        this.arrived = request;
        this.tap = tap;
        this.container = ServletContainer.of(request.getServletContext());
        this.response = container == ServletContainer.TOMCAT ? new DrainingResponse(response, this) : response;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        ServletInputStream theirs = super.getInputStream();
        tap.attempt(() -> {
            if (stream.isEmpty()) {
                stream = Optional.of(new TeeInputStream(theirs, tap));
            }
        });
        return stream.isPresent() ? stream.get() : theirs;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        BufferedReader theirs = super.getReader();
        tap.attempt(() -> {
            if (reader.isEmpty()) {
                reader = Optional.of(new TeeReader(theirs, tap));
            }
        });
        return reader.orElse(theirs);
    }

    @Override
    public String getParameter(String name) {
        String value = super.getParameter(name);
        observeParameters();
        return value;
    }

    @Override
    public String[] getParameterValues(String name) {
        String[] values = super.getParameterValues(name);
        observeParameters();
        return values;
    }

    @Override
    public Enumeration<String> getParameterNames() {
        Enumeration<String> names = super.getParameterNames();
        observeParameters();
        return names;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> parameters = super.getParameterMap();
        observeParameters();
        return parameters;
    }

    /** Observes the parsed form. The container has read the body for the parameters, unless the handler had begun to read it. */
    private void observeParameters() {
        if (stream.isEmpty() && reader.isEmpty()) {
            tap.attempt(this::observeParsedForm);
        }
    }

    /** Uses the request as it arrived, because a container can wrap it to add a forward's parameters. */
    private void observeParsedForm() throws IOException {
        RebuiltForm form = RebuiltForm.of(arrived, tap.callback().query());
        if (!form.isEmpty()) {
            tap.form(form);
        }
    }

    @Override
    public AsyncContext startAsync() {
        return observedToTheEnd(super.startAsync());
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return observedToTheEnd(super.startAsync(request, response));
    }

    private AsyncContext observedToTheEnd(AsyncContext exchange) {
        asynchronous = true;
        tap.attempt(() -> exchange.addListener(new Completion()));
        return exchange;
    }

    /** Returns the response to give to the handler together with this request. */
    HttpServletResponse response() {
        return response;
    }

    /**
     * Ends the observation, unless the handler continues asynchronously; then its completion ends the observation. The handler can have
     * called {@code startAsync} on the container's request.
     */
    void handlerReturned() {
        if (!asynchronous && isAsyncStarted()) {
            tap.attempt(() -> observedToTheEnd(getAsyncContext()));
        } else if (!asynchronous) {
            leave();
        }
    }

    BodyTap tap() {
        return tap;
    }

    /** Leaves the body unread from now on, because the container's error page may read it. */
    void leaveBodyToErrorPage() {
        leftToErrorPage = true;
    }

    private void leave() {
        tap.attempt(() -> {
            observeRest();
            if (!tap.isDone() && tap.callback().announcedLength() != 0) {
                tap.miss("its handler left a part of the body unread, and this part had not arrived");
            }
        });
    }

    /** Observes the part of the body that has arrived and that the handler left unread. */
    void observeRest() {
        if (mayReadRest()) {
            tap.attempt(() -> {
                readArrived(getInputStream());
                if (!tap.hasBegun() && isFormParsed()) {
                    observeParsedForm();
                }
            });
        }
    }

    /**
     * Returns whether reading the rest has no effect on the sender or the handler. Reading could send {@code 100 Continue}, take bytes
     * from a listener, or block: a reader is ready with half a character, and then waits for the other half.
     */
    private boolean mayReadRest() {
        return reader.isEmpty()
                && stream.filter(TeeInputStream::hasListener).isEmpty()
                && !(leftToErrorPage && container == ServletContainer.TOMCAT)
                && !tap.callback().request().expectsContinue();
    }

    /**
     * Reads only if the length is announced: Tomcat reports half the head of a chunk as available, and then waits. Before an error page,
     * reads all or nothing, because Jetty discards the bytes that have arrived, but reports a missing rest to the page.
     */
    private void readArrived(ServletInputStream in) throws IOException {
        long missing = tap.callback().announcedLength() - tap.count();
        if (missing > 0 && (!isErrorPageLikely() || in.available() >= missing)) {
            byte[] bytes = new byte[CHUNK_BYTES];
            while (!tap.isDone() && in.available() > 0 && in.read(bytes) > 0) {}
        }
    }

    /** Returns whether an error page may follow. Outside Tomcat, a status cannot be distinguished from a sent error. */
    private boolean isErrorPageLikely() {
        return leftToErrorPage
                || (container != ServletContainer.TOMCAT && response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST);
    }

    /**
     * Returns whether the parameters can be read without waiting. The handler can have read them from the container's own request, which
     * {@code startAsync()} gives to it. Once the stream is taken, only Jetty still parses a form.
     */
    private boolean isFormParsed() {
        return container != ServletContainer.JETTY || arrived.getAttribute(FORM_PARSED_BY_JETTY) != null;
    }

    /** Ends the observation once an asynchronous handler is done. */
    private final class Completion implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent done) {
            leave();
        }

        @Override
        public void onStartAsync(AsyncEvent again) {
            tap.attempt(() -> again.getAsyncContext().addListener(this));
        }

        @Override
        public void onTimeout(AsyncEvent late) {}

        @Override
        public void onError(AsyncEvent failed) {}
    }
}
