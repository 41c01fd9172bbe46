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
 * The request as its handler sees it: the container's own in every respect, but that somebody listens to what is read of its
 * body. Nothing is read before the handler does, so that whatever it does, and in whichever order, is as it was.
 */
final class TeeRequest extends HttpServletRequestWrapper {
    private static final int UNREAD_AT_ONCE = 8 * 1024;

    private final HttpServletRequest arrived;
    private final BodyTap tap;
    private final HttpServletResponse answer;
    private volatile boolean asynchronous;
    private Optional<TeeInputStream> stream = Optional.empty();
    private Optional<BufferedReader> reader = Optional.empty();

    TeeRequest(HttpServletRequest request, HttpServletResponse response, BodyTap tap) {
        super(request);
        this.arrived = request;
        this.tap = tap;
        this.answer = DrainingResponse.of(response, this);
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
                reader = Optional.of(new BufferedReader(new TeeReader(theirs, tap)));
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
            tap.attempt(this::look);
        }
    }

    /** Asks the request as it came: a container can have put another below this one that adds a forward's parameters. */
    private void look() throws IOException {
        byte[] form = RebuiltForm.form(arrived.getParameterMap(), tap.callback().query());
        if (form.length > 0) {
            tap.form(form);
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
        asynchronous = true;
        tap.attempt(() -> exchange.addListener(new LastLook()));
        return exchange;
    }

    /** Returns the answer to give to the handler together with this request. */
    HttpServletResponse answer() {
        return answer;
    }

    /** Says whether the handler goes on after it has returned; then we hear of its end by ourselves. */
    boolean isLeftLater() {
        return asynchronous || isAsyncStarted();
    }

    BodyTap tap() {
        return tap;
    }

    /**
     * The handler is done with the request. If it failed, a page for errors may look at the parameters: on Tomcat, where they are
     * still to be had then, it is they that we look at.
     */
    void leave(boolean failed) {
        tap.attempt(() -> {
            if (failed && DrainingResponse.isTomcat(getServletContext())) {
                hearUnreadParameters();
            }
            hearRest();
            if (!tap.isOver() && tap.callback().announcedLength() != 0) {
                tap.miss("its body was not read to the end");
            }
        });
    }

    private void hearUnreadParameters() throws IOException {
        if (mayBeRead() && stream.isEmpty() && reader.isEmpty()) {
            look();
        }
    }

    /**
     * Hears what nobody has read. The handler may also have read it where we do not hear: with the request that the container has
     * for those who call {@code startAsync()}.
     */
    void hearRest() throws IOException {
        if (mayBeRead()) {
            readRest();
            lookIfUnread();
        }
    }

    /** Who waits to be asked for the body is not asked by us; what is read whenever it comes is not waited for. */
    private boolean mayBeRead() {
        return !tap.callback().request().isWaitedForByItsSender()
                && stream.filter(TeeInputStream::isReadAsItComes).isEmpty();
    }

    private void lookIfUnread() throws IOException {
        if (!tap.isOver() && !tap.hasBegun()) {
            look();
        }
    }

    /** Some containers know only by reading whether there is more, so this waits for it as any reader does. */
    private void readRest() throws IOException {
        byte[] bytes = new byte[UNREAD_AT_ONCE];
        char[] characters = new char[UNREAD_AT_ONCE];
        try {
            if (reader.isPresent()) {
                while (!tap.isOver() && reader.get().read(characters) > 0) {}
            } else {
                while (!tap.isOver() && getInputStream().read(bytes) > 0) {}
            }
        } catch (IOException | IllegalStateException closed) {
            // What counts is what has been read before.
        }
    }

    /** Hears the rest once an asynchronous handler is done. */
    private final class LastLook implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent done) {
            leave(false);
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
