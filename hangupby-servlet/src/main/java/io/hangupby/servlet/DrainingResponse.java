package io.hangupby.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The answer of a container that takes a request's body away with its end: the last moment in which a body that the handler
 * left unread can be heard. It is the container's own in every other respect.
 */
final class DrainingResponse extends HttpServletResponseWrapper {
    private final TeeRequest request;
    private final boolean endsWithItsLength;
    private Optional<ServletOutputStream> stream = Optional.empty();
    private Optional<PrintWriter> writer = Optional.empty();
    private long written;

    private DrainingResponse(HttpServletResponse response, TeeRequest request, boolean endsWithItsLength) {
        super(response);
        this.request = request;
        this.endsWithItsLength = endsWithItsLength;
    }

    /**
     * Returns the answer to give to a request's handler. Tomcat closes the body with the answer, and since version 11 an answer is
     * closed as soon as it is as long as was announced. Where that is not so, it stays as it came.
     */
    static HttpServletResponse of(HttpServletResponse response, TeeRequest request) {
        ServletContext context = request.getServletContext();
        return isTomcat(context) ? new DrainingResponse(response, request, context.getMinorVersion() >= 1) : response;
    }

    static boolean isTomcat(ServletContext context) {
        return context.getServerInfo().startsWith("Apache Tomcat");
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        ServletOutputStream theirs = super.getOutputStream();
        if (stream.isEmpty()) {
            stream = Optional.of(new DrainingOutputStream(theirs, this));
        }
        return stream.get();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        PrintWriter theirs = super.getWriter();
        if (writer.isEmpty()) {
            writer = Optional.of(new DrainingWriter(theirs, this));
        }
        return writer.get();
    }

    @Override
    public void flushBuffer() throws IOException {
        grows(() -> 0);
        super.flushBuffer();
    }

    @Override
    public void reset() {
        super.reset();
        written = 0;
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        written = 0;
    }

    /** So many bytes more are about to be written, or what has been written is about to be sent. */
    void grows(LongSupplier bytes) {
        request.tap().attempt(() -> {
            written += bytes.getAsLong();
            if (endsWithItsLength && isWhole()) {
                request.hearRest();
            }
        });
    }

    private boolean isWhole() {
        return Optional.ofNullable(getHeader("Content-Length"))
                .filter(announced -> written >= Long.parseLong(announced))
                .isPresent();
    }

    /** It is about to be closed. */
    void ends() {
        request.tap().attempt(request::hearRest);
    }
}
