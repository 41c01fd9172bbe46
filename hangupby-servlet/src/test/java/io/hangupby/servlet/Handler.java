package io.hangupby.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Handlers that an application could have for its callbacks. Each responds with everything that it sees. */
enum Handler {
    THE_STREAM_AT_ONCE(request -> text(request.getInputStream().readAllBytes())),
    THE_STREAM_BY_BYTES(request -> {
        StringBuilder seen = new StringBuilder();
        for (int read = request.getInputStream().read();
                read >= 0;
                read = request.getInputStream().read()) {
            seen.append((char) read);
        }
        return seen + "|" + request.getInputStream().isFinished();
    }),
    THE_STREAM_AS_LONG_AS_ANNOUNCED(
            request -> text(request.getInputStream().readNBytes(Math.max(request.getContentLength(), 0)))),
    THE_STREAM_IN_EVERY_WAY(request -> {
        ServletInputStream in = request.getInputStream();
        byte[] line = new byte[20];
        String seen = in.isFinished() + "|" + in.markSupported() + "|" + in.skip(2) + "|" + in.readLine(line, 0, 9)
                + "|" + text(line) + "|" + text(in.readNBytes(7)) + "|" + in.readNBytes(line, 0, 20) + "|" + text(line)
                + "|";
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        seen += in.transferTo(rest) + "|" + text(rest.toByteArray()) + "|" + in.read() + "|" + in.isFinished();
        in.close();
        return seen;
    }),
    THE_STREAM_BY_BUFFERS(request -> {
        StringBuilder seen = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(70).position(7);
        boolean isMoved = false;
        int read = readBuffer(request.getInputStream(), buffer);
        while (read >= 0) {
            seen.append(text(Arrays.copyOfRange(buffer.array(), 7, 7 + read)));
            isMoved |= buffer.position() > 7;
            read = readBuffer(request.getInputStream(), buffer.clear().position(7));
        }
        return seen + "|" + isMoved + "|" + buffer;
    }),
    THE_STREAM_IN_PART(request -> text(request.getInputStream().readNBytes(10))),
    THE_READER_BY_LINES(request -> request.getReader().lines().collect(Collectors.joining("|"))),
    THE_READER_IN_EVERY_WAY(request -> {
        BufferedReader in = request.getReader();
        in.mark(100);
        String seen = (char) in.read() + "|" + in.skip(3) + "|" + (in == request.getReader()) + "|";
        in.reset();
        char[] rest = new char[2_000_000];
        int count = 0;
        for (int read = in.read(rest); read >= 0; read = in.read(rest, count, rest.length - count)) {
            count += read;
        }
        return seen + new String(rest, 0, count) + in.markSupported();
    }),
    THE_READER_IN_PART(request -> String.valueOf((char) request.getReader().read())),
    THE_READER_IN_ITS_OWN_CHARSET(request -> {
        request.setCharacterEncoding("UTF-8");
        return request.getReader().readLine();
    }),
    A_PARAMETER(request -> request.getParameter("TaskSid")),
    A_PARAMETERS_VALUES(request -> Arrays.toString(request.getParameterValues("Note"))),
    THE_PARAMETERS_NAMES(
            request -> Collections.list(request.getParameterNames()).toString()),
    ALL_PARAMETERS(Handler::parameters),
    PARAMETERS_IN_ITS_OWN_CHARSET(request -> {
        request.setCharacterEncoding("ISO-8859-1");
        return parameters(request);
    }),
    PARAMETERS_THEN_THE_STREAM(
            request -> parameters(request) + text(request.getInputStream().readAllBytes())),
    PARAMETERS_THEN_THE_READER(
            request -> parameters(request) + request.getReader().readLine()),
    THE_STREAM_THEN_PARAMETERS(request -> text(request.getInputStream().readAllBytes()) + parameters(request)),
    THE_READER_THEN_PARAMETERS(request -> request.getReader().readLine() + parameters(request)),
    THE_STREAM_THEN_THE_READER(request ->
            text(request.getInputStream().readNBytes(5)) + request.getReader().readLine()),
    THE_READER_THEN_THE_STREAM(
            request -> request.getReader().readLine() + request.getInputStream().read()),
    PARTS(request -> request.getParts().size() + parameters(request)),
    NOTHING(request -> "nothing"),
    FAILS_AFTER_READING((request, response) -> {
        request.getParameter("TaskSid");
        throw new ServletException("on purpose");
    }),
    FAILS_WITHOUT_READING((request, response) -> {
        throw new IllegalStateException("on purpose");
    }),
    SENDS_AN_ERROR_WITHOUT_READING((request, response) -> response.sendError(503, "on purpose")),
    SETS_A_STATUS_WITHOUT_READING((request, response) -> response.setStatus(503)),
    CLOSES_ITS_WRITER((request, response) -> {
        try (PrintWriter out = response.getWriter()) {
            out.append("nothing").append('|').printf("%d%n", 1);
            out.println(2.5);
            out.println();
            out.write(new char[] {'a', 'b', '\u00e9'}, 1, 2);
            out.print(true);
            out.print(out.checkError() + "|" + (out == response.getWriter()));
        }
        response.getWriter().print("more");
        request.getParameter("TaskSid");
    }),
    CLOSES_ITS_STREAM((request, response) -> {
        try (ServletOutputStream out = response.getOutputStream()) {
            out.print("nothing");
            out.println(2.5);
            out.print('\u00e9');
            out.println();
            out.write(7);
            out.write(new byte[] {1, 2, 3}, 1, 1);
            out.print(out.isReady() + "|" + (out == response.getOutputStream()));
        }
        response.getOutputStream().write(8);
    }),
    CLOSES_AFTER_READING_IN_PART((request, response) -> {
        int first = request.getReader().read();
        try (PrintWriter out = response.getWriter()) {
            out.print(first);
        }
    }),
    A_STREAM_AS_LONG_AS_ANNOUNCED((request, response) -> {
        byte[] nothing = "nothing".getBytes(ISO_8859_1);
        response.setContentLength(nothing.length);
        response.getOutputStream().write(nothing);
        response.flushBuffer();
    }),
    A_STREAM_AS_LONG_AS_ANNOUNCED_BY_BYTES((request, response) -> {
        response.setHeader("Content-Length", "7");
        response.setContentType("text/plain");
        for (byte one : "nothing".getBytes(ISO_8859_1)) {
            response.getOutputStream().write(one);
        }
    }),
    ANNOUNCES_NO_NUMBER((request, response) -> {
        try {
            response.setHeader("Content-Length", "unknown");
        } catch (NumberFormatException rejected) {
            response.addHeader("X-Rejected", "true");
        }
        response.getWriter().print("nothing");
    }),
    A_WRITER_AS_LONG_AS_ANNOUNCED((request, response) -> {
        response.setContentType("text/plain; charset=UTF-8");
        response.setContentLength(9);
        response.getWriter().print("noth\u00efng");
        response.getWriter().println();
        response.getWriter().flush();
    }),
    A_STREAM_AS_LONG_AS_ANNOUNCED_BY_A_BUFFER((request, response) -> {
        response.setContentLength(7);
        ByteBuffer nothing = ByteBuffer.wrap("nothing".getBytes(ISO_8859_1));
        writeBuffer(response.getOutputStream(), nothing);
        response.addHeader("X-Left", nothing.toString());
    }),
    RESPONDS_THEN_READS_THE_STREAM((request, response) ->
            respondThen(request, response, seen -> text(seen.getInputStream().readAllBytes()))),
    RESPONDS_THEN_READS_PARAMETERS((request, response) -> respondThen(request, response, Handler::parameters)),
    READS_AMIDST_AN_ANNOUNCED_RESPONSE((request, response) -> {
        response.setContentLength(1007);
        response.getWriter().print("a".repeat(1000));
        response.flushBuffer();
        String seen = text(request.getInputStream().readNBytes(7));
        response.getWriter().printf("%-7s", seen);
    }),
    STARTS_A_RESPONSE_ANEW((request, response) -> {
        response.setContentLength(20);
        response.getWriter().print("not this at all");
        response.resetBuffer();
        response.getWriter().print("b".repeat(13));
        response.getWriter().flush();
        String seen = text(request.getInputStream().readNBytes(7));
        response.getWriter().printf("%-7s", seen);
    }),
    FORWARDS((request, response) ->
            request.getRequestDispatcher("/target?Note=forwarded&More=1").forward(request, response)),
    INCLUDES((request, response) ->
            request.getRequestDispatcher("/target?Note=included").include(request, response)),
    ASYNC_ON_A_THREAD_OF_ITS_OWN((request, response) -> {
        AsyncContext exchange = request.startAsync();
        onAThreadOfItsOwn(exchange, Handler::parameters);
    }),
    ASYNC_WITH_THE_STREAM((request, response) -> {
        AsyncContext exchange = request.startAsync(request, response);
        onAThreadOfItsOwn(exchange, seen -> text(seen.getInputStream().readAllBytes()));
    }),
    ASYNC_AND_CLOSES((request, response) -> closeLater(request.startAsync(request, response))),
    ASYNC_AND_CLOSES_THE_CONTAINERS_RESPONSE((request, response) -> closeLater(request.startAsync())),
    ASYNC_WITH_A_WRITE_LISTENER((request, response) -> {
        AsyncContext exchange = request.startAsync(request, response);
        exchange.getResponse().getOutputStream().setWriteListener(new Writing(exchange));
    }),
    ASYNC_WITH_NOTHING((request, response) -> onAThreadOfItsOwn(request.startAsync(), seen -> "nothing")),
    ASYNC_ON_A_THREAD_OF_THE_CONTAINERS((request, response) -> {
        AsyncContext exchange = request.startAsync(request, response);
        exchange.start(() -> end(exchange, Handler::parameters));
    }),
    ASYNC_BY_THE_CONTAINERS_REQUEST((request, response) -> {
        ServletRequest innermost = request;
        while (innermost instanceof ServletRequestWrapper wrapper) {
            innermost = wrapper.getRequest();
        }
        onAThreadOfItsOwn(innermost.startAsync(), seen -> "nothing");
    }),
    ASYNC_AND_DISPATCHED((request, response) -> {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            respond(request, response, Handler::parameters);
        } else {
            request.startAsync().dispatch();
        }
    }),
    ASYNC_AND_DISPATCHED_AS_IT_IS((request, response) -> {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            respond(request, response, seen -> text(seen.getInputStream().readAllBytes()));
        } else {
            request.startAsync(request, response).dispatch();
        }
    }),
    ASYNC_AND_TOO_LATE((request, response) -> {
        request.getParameter("TaskSid");
        request.startAsync().setTimeout(1);
    }),
    ASYNC_WITH_A_READ_LISTENER((request, response) -> {
        AsyncContext exchange = request.startAsync();
        request.getInputStream().setReadListener(new Listener(exchange, request.getInputStream()));
    });

    /** What handlers have seen, until a test collects it. */
    static final BlockingQueue<String> LAST_SEEN = new ArrayBlockingQueue<>(1);

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "handler");
        thread.setDaemon(true);
        return thread;
    });

    private final transient Service service;

    Handler(Reading reading) {
        this((Service) (request, response) -> respond(request, response, reading));
    }

    Handler(Service service) {
        this.service = service;
    }

    private interface Reading {
        Object read(HttpServletRequest request) throws Exception;
    }

    private interface Service {
        void serve(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException;
    }

    /** Returns whether the result of a message in a container is deterministic. */
    boolean takes(Message message) {
        if (failsWithoutReading() && message.comesInParts()) {
            // Its error page shows how much has arrived by then.
            return false;
        }
        if (this == ASYNC_ON_A_THREAD_OF_ITS_OWN && isOnTomcat() && !message.isThereWithItsHead()) {
            // Tomcat's own thread and the handler's both go on with what comes later.
            return false;
        }
        return switch (message) {
            case A_CALLBACK_OF_150_KB -> readsAll() || name().contains("PARAMETERS");
            case A_MEGABYTE, A_MEGABYTE_IN_CHUNKS -> readsAll();
            case MORE_THAN_A_FORM_MAY_HAVE -> readsAll() || respondsWithoutTheRest();
            // After the response has begun, a container need not ask for the body.
            case A_CALLBACK_THAT_WAITS -> !respondsFirst() && this != ASYNC_AND_TOO_LATE;
            // Tomcat 11 fails whoever is the first to ask for such parameters, and that is not the page for errors
            // then.
            case BROKEN_ESCAPES, LETTERS_THAT_ARE_NOT_ESCAPED, THOUSANDS_OF_PARAMETERS ->
                !failsWithoutReading() && this != ASYNC_AND_TOO_LATE;
            default -> this != ASYNC_AND_TOO_LATE || message == Message.A_CALLBACK;
        };
    }

    private boolean failsWithoutReading() {
        return this == FAILS_WITHOUT_READING || this == SENDS_AN_ERROR_WITHOUT_READING;
    }

    private boolean respondsFirst() {
        return readsAfterItsResponse() || this == READS_AMIDST_AN_ANNOUNCED_RESPONSE || this == STARTS_A_RESPONSE_ANEW;
    }

    /** Returns whether the handler still needs the whole body after its response. */
    boolean readsAfterItsResponse() {
        return switch (this) {
            case RESPONDS_THEN_READS_THE_STREAM, RESPONDS_THEN_READS_PARAMETERS, CLOSES_ITS_WRITER -> true;
            default -> false;
        };
    }

    /** Returns whether the handler responds after only the first bytes of the body. */
    boolean respondsWithoutTheRest() {
        return switch (this) {
            case READS_AMIDST_AN_ANNOUNCED_RESPONSE, STARTS_A_RESPONSE_ANEW -> true;
            // Tomcat's error page can read the body.
            case FAILS_WITHOUT_READING, SENDS_AN_ERROR_WITHOUT_READING -> !isOnTomcat();
            default -> readsAfterItsResponse() || readsInPart() || readsNothing();
        };
    }

    private boolean readsInPart() {
        return switch (this) {
            case THE_STREAM_IN_PART, THE_READER_IN_PART, THE_STREAM_THEN_THE_READER, CLOSES_AFTER_READING_IN_PART ->
                true;
            default -> false;
        };
    }

    private boolean readsNothing() {
        return switch (this) {
            case NOTHING,
                    PARTS,
                    SETS_A_STATUS_WITHOUT_READING,
                    CLOSES_ITS_STREAM,
                    A_STREAM_AS_LONG_AS_ANNOUNCED,
                    A_STREAM_AS_LONG_AS_ANNOUNCED_BY_BYTES,
                    A_STREAM_AS_LONG_AS_ANNOUNCED_BY_A_BUFFER,
                    A_WRITER_AS_LONG_AS_ANNOUNCED,
                    ANNOUNCES_NO_NUMBER,
                    ASYNC_AND_CLOSES,
                    ASYNC_AND_CLOSES_THE_CONTAINERS_RESPONSE,
                    ASYNC_WITH_A_WRITE_LISTENER,
                    ASYNC_BY_THE_CONTAINERS_REQUEST,
                    ASYNC_WITH_NOTHING -> true;
            default -> false;
        };
    }

    private boolean readsAll() {
        return switch (this) {
            case THE_STREAM_AT_ONCE,
                    THE_STREAM_BY_BYTES,
                    THE_STREAM_BY_BUFFERS,
                    THE_STREAM_IN_EVERY_WAY,
                    THE_READER_BY_LINES,
                    THE_READER_IN_EVERY_WAY,
                    THE_STREAM_THEN_PARAMETERS,
                    THE_READER_THEN_PARAMETERS,
                    ASYNC_WITH_THE_STREAM,
                    ASYNC_AND_DISPATCHED_AS_IT_IS,
                    ASYNC_WITH_A_READ_LISTENER -> true;
            default -> false;
        };
    }

    /** Returns whether the event is recorded, or empty if this depends on what has arrived when the handler ends. */
    Optional<Boolean> isKept(Message event) {
        if (isUnreadable()) {
            return Optional.of(false);
        }
        if (respondsWithoutTheRest()) {
            return switch (event) {
                case A_CALLBACK_IN_TWO_PACKETS, A_CALLBACK_THAT_TRICKLES, A_CALLBACK_OF_150_KB -> Optional.empty();
                case A_CALLBACK_IN_CHUNKS,
                        A_CALLBACK_IN_PIECES_OF_CHUNKS,
                        A_CALLBACK_THAT_WAITS,
                        A_CALLBACK_WHOSE_REST_IS_WITHHELD,
                        A_CALLBACK_WHOSE_LAST_CHUNK_IS_WITHHELD ->
                    readsAfterItsResponse() ? Optional.empty() : Optional.of(false);
                default -> Optional.of(true);
            };
        }
        return switch (this) {
            case THE_STREAM_AS_LONG_AS_ANNOUNCED ->
                Optional.of(event != Message.A_CALLBACK_IN_CHUNKS
                        && event != Message.A_CALLBACK_IN_PIECES_OF_CHUNKS
                        && event != Message.A_CALLBACK_WHOSE_LAST_CHUNK_IS_WITHHELD);
            case ASYNC_ON_A_THREAD_OF_ITS_OWN, ASYNC_AND_DISPATCHED ->
                Optional.of(event != Message.A_CALLBACK_THAT_WAITS);
            default -> Optional.of(true);
        };
    }

    /** Returns whether the unread rest cannot be observed without waiting or taking bytes from another reader. */
    private boolean isUnreadable() {
        return switch (this) {
            case THE_READER_IN_PART, CLOSES_AFTER_READING_IN_PART -> true;
            case FAILS_WITHOUT_READING, SENDS_AN_ERROR_WITHOUT_READING, ASYNC_AND_CLOSES_THE_CONTAINERS_RESPONSE ->
                isOnTomcat();
            default -> false;
        };
    }

    private static boolean isOnTomcat() {
        return Container.ofThisRun().product().contains("Tomcat");
    }

    HttpServlet servlet() {
        return servlet(service);
    }

    /** Responds with the parameters that it sees: the target of forwards, and the error page. */
    static HttpServlet target() {
        return servlet((request, response) -> respond(request, response, Handler::parameters));
    }

    private static HttpServlet servlet(Service service) {
        return new HttpServlet() {
            private static final long serialVersionUID = 1;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response)
                    throws ServletException, IOException {
                service.serve(request, response);
            }
        };
    }

    private static void closeLater(AsyncContext exchange) {
        onAThreadOfItsOwn(() -> {
            try (PrintWriter out = exchange.getResponse().getWriter()) {
                out.print("nothing");
            } catch (IOException brokenOff) {
                throw new IllegalStateException(brokenOff);
            } finally {
                exchange.complete();
            }
        });
    }

    private static void onAThreadOfItsOwn(AsyncContext exchange, Reading reading) {
        onAThreadOfItsOwn(() -> end(exchange, reading));
    }

    private static void onAThreadOfItsOwn(Runnable work) {
        THREADS.execute(work);
    }

    private static void end(AsyncContext exchange, Reading reading) {
        try {
            respond((HttpServletRequest) exchange.getRequest(), (HttpServletResponse) exchange.getResponse(), reading);
        } catch (IOException brokenOff) {
            throw new IllegalStateException(brokenOff);
        } finally {
            exchange.complete();
        }
    }

    private static void respond(HttpServletRequest request, HttpServletResponse response, Reading reading)
            throws IOException {
        String seen = seen(request, reading);
        boolean unused = request.getDispatcherType() != DispatcherType.ERROR && LAST_SEEN.offer(seen);
        response.setContentType("text/plain; charset=UTF-8");
        response.addHeader("X-Handler", request.getDispatcherType().name());
        response.getWriter().print(seen + "\n" + rest(request));
    }

    /** Completes the response, and then reads. */
    private static void respondThen(HttpServletRequest request, HttpServletResponse response, Reading reading)
            throws IOException {
        response.setContentLength(4);
        response.getOutputStream().print("done");
        response.flushBuffer();
        boolean unused = LAST_SEEN.offer(seen(request, reading));
    }

    private static String seen(HttpServletRequest request, Reading reading) {
        try {
            return String.valueOf(reading.read(request));
        } catch (Exception thrown) {
            // Only the class, because some messages contain the number of a connection.
            return "threw " + thrown.getClass().getName();
        }
    }

    private static String rest(HttpServletRequest request) {
        return request.getMethod() + " " + request.getQueryString() + " " + request.getContentType() + " "
                + request.getCharacterEncoding() + " " + request.getContentLengthLong() + " "
                + request.isAsyncSupported();
    }

    private static String parameters(HttpServletRequest request) {
        return request.getParameterMap().entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + Arrays.toString(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Calls a method of Servlet 6.1, which the API of this build lacks. */
    private static int readBuffer(ServletInputStream in, ByteBuffer into) throws Exception {
        if (Container.ofThisRun().minorVersion() >= 1) {
            return (int)
                    ServletInputStream.class.getMethod("read", ByteBuffer.class).invoke(in, into);
        }
        byte[] bytes = new byte[into.remaining()];
        int read = in.read(bytes);
        if (read >= 0) {
            into.duplicate().put(bytes, 0, read);
            into.limit(into.position() + read);
        }
        return read;
    }

    private static void writeBuffer(ServletOutputStream out, ByteBuffer from) throws IOException {
        if (Container.ofThisRun().minorVersion() < 1) {
            byte[] bytes = new byte[from.remaining()];
            from.get(bytes);
            out.write(bytes);
            return;
        }
        try {
            ServletOutputStream.class.getMethod("write", ByteBuffer.class).invoke(out, from);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    /** Writes with a listener of Servlet 3.1. */
    private record Writing(AsyncContext exchange) implements WriteListener {
        @Override
        public void onWritePossible() throws IOException {
            ServletOutputStream out = exchange.getResponse().getOutputStream();
            if (out.isReady()) {
                out.print("nothing");
                out.close();
                exchange.complete();
            }
        }

        @Override
        public void onError(Throwable failure) {
            exchange.complete();
        }
    }

    /** Reads with a listener of Servlet 3.1. */
    private record Listener(AsyncContext exchange, ServletInputStream in, ByteArrayOutputStream body)
            implements ReadListener {

        Listener(AsyncContext exchange, ServletInputStream in) {
            this(exchange, in, new ByteArrayOutputStream());
        }

        @Override
        public void onDataAvailable() throws IOException {
            byte[] bytes = new byte[100];
            while (in.isReady() && !in.isFinished()) {
                int read = in.read(bytes);
                body.write(bytes, 0, Math.max(read, 0));
            }
        }

        @Override
        public void onAllDataRead() {
            end(exchange, request -> text(body.toByteArray()));
        }

        @Override
        public void onError(Throwable failure) {
            end(exchange, request -> "failed " + failure.getClass().getName());
        }
    }
}
