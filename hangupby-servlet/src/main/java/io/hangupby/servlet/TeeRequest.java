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
 * The container's request, which copies what the handler reads of the body into a tap. Nothing is read before the handler does, and
 * afterwards only what has arrived: nobody ever waits for the sender because of us.
 */
final class TeeRequest extends HttpServletRequestWrapper {
    private static final int BYTES_AT_ONCE = 8 * 1024;

    /** Where Jetty keeps the form that it has parsed. Asked for parameters without it, Jetty waits for the body. */
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

    /** The container has read the body for them, unless the handler had begun to read it. */
    private void observeParameters() {
        if (stream.isEmpty() && reader.isEmpty()) {
            tap.attempt(this::observeParsedForm);
        }
    }

    /** Asks the request as it came: a container can have put another below this one that adds a forward's parameters. */
    private void observeParsedForm() throws IOException {
        byte[] form = RebuiltForm.of(arrived.getParameterMap(), tap.callback().query());
        if (form.length > 0) {
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

    /** Ends the observation, unless the handler goes on; then its completion does. It can have gone on by the container's request. */
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

    /** The container makes the response now, and its error page can want the body. */
    void leaveBodyToErrorPage() {
        leftToErrorPage = true;
    }

    private void leave() {
        tap.attempt(() -> {
            observeRest();
            if (!tap.isDone() && tap.callback().announcedLength() != 0) {
                tap.miss("its handler did not read its body, and the rest could not be read without waiting for it");
            }
        });
    }

    /** Observes what the handler has left unread, as far as it has arrived. */
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
     * A sender that waits to be asked for the body is not asked because of us, and a listener's part is not taken from it. A reader
     * says that it is ready when it has half a character, and then waits.
     */
    private boolean mayReadRest() {
        return reader.isEmpty()
                && stream.filter(TeeInputStream::hasListener).isEmpty()
                && !(leftToErrorPage && container == ServletContainer.TOMCAT)
                && !tap.callback().request().expectsContinue();
    }

    /**
     * Reads only if the length is announced. Of a chunked body Tomcat says that something is available when it has half the head of a
     * chunk, and then waits. Before an error page it reads all or nothing: Jetty throws away what is there, but tells the page
     * of a rest that is missing.
     */
    private void readArrived(ServletInputStream in) throws IOException {
        long missing = tap.callback().announcedLength() - tap.count();
        if (missing > 0 && (!isErrorPageLikely() || in.available() >= missing)) {
            byte[] bytes = new byte[BYTES_AT_ONCE];
            while (!tap.isDone() && in.available() > 0 && in.read(bytes) > 0) {}
        }
    }

    /** Tomcat's error pages are not asked here; elsewhere it is not known whether the status or an error was sent. */
    private boolean isErrorPageLikely() {
        return leftToErrorPage
                || (container != ServletContainer.TOMCAT && response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST);
    }

    /**
     * Returns whether the parameters can be asked for without waiting. The handler can have read them by the container's own request,
     * which {@code startAsync()} gives to it. Once the stream is taken, a container parses no form any more; only Jetty does.
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
