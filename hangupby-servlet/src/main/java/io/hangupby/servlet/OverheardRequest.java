package io.hangupby.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;

/**
 * The request as its handler sees it: the container's own in every respect, but that somebody listens to what is read of its
 * body. Nothing is read before the handler does, so that whatever it does, and in whichever order, is as it was.
 */
final class OverheardRequest extends HttpServletRequestWrapper {
    private static final int UNREAD_AT_ONCE = 8 * 1024;

    private final HttpServletRequest arrived;
    private final Overhearing overhearing;
    private Optional<ServletInputStream> stream = Optional.empty();
    private Optional<BufferedReader> reader = Optional.empty();

    OverheardRequest(HttpServletRequest request, Overhearing overhearing) {
        super(request);
        this.arrived = request;
        this.overhearing = overhearing;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        ServletInputStream theirs = super.getInputStream();
        overhearing.attempt(() -> {
            if (stream.isEmpty()) {
                stream = Optional.of(new OverheardStream(theirs, overhearing));
            }
        });
        return stream.orElse(theirs);
    }

    @Override
    public BufferedReader getReader() throws IOException {
        BufferedReader theirs = super.getReader();
        overhearing.attempt(() -> {
            if (reader.isEmpty()) {
                reader = Optional.of(new BufferedReader(new OverheardReader(theirs, overhearing)));
            }
        });
        return reader.orElse(theirs);
    }

    @Override
    public String getParameter(String name) {
        String value = super.getParameter(name);
        hearParameters();
        return value;
    }

    @Override
    public String[] getParameterValues(String name) {
        String[] values = super.getParameterValues(name);
        hearParameters();
        return values;
    }

    @Override
    public Enumeration<String> getParameterNames() {
        Enumeration<String> names = super.getParameterNames();
        hearParameters();
        return names;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> parameters = super.getParameterMap();
        hearParameters();
        return parameters;
    }

    /** The container has read the body for them, unless the handler had begun to read it. */
    private void hearParameters() {
        if (stream.isEmpty() && reader.isEmpty()) {
            overhearing.attempt(this::look);
        }
    }

    /** Asks the request as it came: a container can have put another below this one that adds a forward's parameters. */
    private void look() throws IOException {
        byte[] form = OverheardParameters.form(
                arrived.getParameterMap(), overhearing.callback().query());
        if (form.length > 0) {
            overhearing.form(form);
        }
    }

    @Override
    public AsyncContext startAsync() {
        return heardToTheEnd(super.startAsync());
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return heardToTheEnd(super.startAsync(request, response));
    }

    private AsyncContext heardToTheEnd(AsyncContext exchange) {
        overhearing.attempt(() -> exchange.addListener(new LastLook()));
        return exchange;
    }

    /**
     * The handler is done with the request. Hears what nobody has read, as far as it has arrived and may be read. The handler
     * may also have read it where we do not hear: with the request that the container has for those who call
     * {@code startAsync()}.
     */
    void leave(boolean mayBeRead) {
        overhearing.attempt(() -> {
            if (mayBeRead && !overhearing.callback().request().isWaitedForByItsSender()) {
                readArrived();
                lookIfUnread();
            }
            if (!overhearing.isOver() && overhearing.callback().announcedLength() != 0) {
                overhearing.miss("the handler left its body unread");
            }
        });
    }

    private void lookIfUnread() throws IOException {
        if (!overhearing.isOver() && !overhearing.hasBegun()) {
            look();
        }
    }

    private void readArrived() throws IOException {
        try {
            if (reader.isPresent()) {
                readArrived(reader.get());
            } else {
                readArrived(getInputStream());
            }
        } catch (IOException | IllegalStateException closed) {
            // What counts is what has been read before.
        }
        if (!overhearing.isOver()
                && overhearing.hasBegun()
                && overhearing.callback().announcedLength() < 0) {
            overhearing.end();
        }
    }

    private void readArrived(BufferedReader in) throws IOException {
        while (!overhearing.isOver() && in.ready() && in.read() >= 0) {}
    }

    private void readArrived(ServletInputStream in) throws IOException {
        byte[] unread = new byte[UNREAD_AT_ONCE];
        while (!overhearing.isOver() && in.available() > 0 && in.read(unread) >= 0) {}
    }

    /** Hears the rest once an asynchronous handler is done. */
    private final class LastLook implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent done) {
            leave(true);
        }

        @Override
        public void onStartAsync(AsyncEvent again) {
            overhearing.attempt(() -> again.getAsyncContext().addListener(this));
        }

        @Override
        public void onTimeout(AsyncEvent late) {}

        @Override
        public void onError(AsyncEvent failed) {}
    }
}
