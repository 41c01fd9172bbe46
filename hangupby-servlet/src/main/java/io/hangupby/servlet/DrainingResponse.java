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
 * Observes the unread rest of a request's body just before Tomcat closes the response. Tomcat closes the body together with the
 * response. In every other respect this response behaves like Tomcat's own response.
 */
final class DrainingResponse extends HttpServletResponseWrapper {
    private final TeeRequest request;
    private final boolean endsWithItsLength;
    private Optional<ServletOutputStream> stream = Optional.empty();
    private Optional<PrintWriter> writer = Optional.empty();
    private long written;

    DrainingResponse(HttpServletResponse response, TeeRequest request) {
        super(response);
        this.request = request;
        // Since version 11, which has Servlet 6.1, Tomcat closes a response as soon as it has its announced length.
        this.endsWithItsLength = isSince61(request.getServletContext());
    }

    private static boolean isSince61(ServletContext context) {
        return context.getMajorVersion() > 6 || context.getMinorVersion() >= 1;
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
    public void sendError(int status) throws IOException {
        request.leaveBodyToErrorPage();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        request.leaveBodyToErrorPage();
        super.sendError(status, message);
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

    /** Reports that more bytes are about to be written, or that the written bytes are about to be sent. */
    void grows(LongSupplier bytes) {
        request.tap().attempt(() -> {
            written += bytes.getAsLong();
            if (endsWithItsLength && isWhole()) {
                request.observeRest();
            }
        });
    }

    private boolean isWhole() {
        return Optional.ofNullable(getHeader("Content-Length"))
                .filter(this::isReached)
                .isPresent();
    }

    /** Returns whether the announced length is reached. A handler may set a header that is not a number. */
    private boolean isReached(String announced) {
        try {
            return written >= Long.parseLong(announced);
        } catch (NumberFormatException noNumber) {
            return false;
        }
    }

    /** Reports that the response is about to be closed. */
    void ends() {
        request.tap().attempt(request::observeRest);
    }
}
