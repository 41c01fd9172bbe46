package io.hangupby.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Passes each call on to the container's reader and copies into the tap what is read. It reads nothing ahead, so that it waits for the
 * sender exactly where the container's reader does. What the container has made of the bytes is good enough: the forms that
 * Twilio sends are ASCII.
 */
final class TeeReader extends BufferedReader {
    private final BufferedReader in;
    private final BodyTap tap;

    /** Where the next character is read, and up to where all characters are in the tap: a reset reads some again. */
    private long position;

    private long observed;
    private long mark;

    TeeReader(BufferedReader in, BodyTap tap) {
        super(in, 1);
        this.in = in;
        this.tap = tap;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        observe(new char[] {(char) read}, 0, read < 0 ? -1 : 1);
        return read;
    }

    @Override
    public int read(char[] characters, int from, int length) throws IOException {
        int read = in.read(characters, from, length);
        observe(characters, from, read);
        return read;
    }

    /** A form is one line, so its end is the body's. What has more lines is none of Twilio's, and its signature does not match. */
    @Override
    public @Nullable String readLine() throws IOException {
        String line = in.readLine();
        if (line != null) {
            observe(line.toCharArray(), 0, line.length());
        }
        observe(new char[0], 0, -1);
        return line;
    }

    /** What is skipped is missing, unless it is read after a reset. */
    @Override
    public long skip(long count) throws IOException {
        long skipped = in.skip(count);
        position += skipped;
        return skipped;
    }

    private void observe(char[] characters, int from, int read) {
        tap.attempt(() -> {
            int known = (int) Math.min(observed - position, Math.max(read, 0));
            position += Math.max(read, 0);
            if (known >= 0) {
                observed = Math.max(observed, position);
                byte[] bytes = new String(characters, from + known, Math.max(read, 0) - known).getBytes(UTF_8);
                tap.read(bytes, 0, read < 0 ? -1 : bytes.length);
            }
        });
    }

    @Override
    public boolean ready() throws IOException {
        return in.ready();
    }

    @Override
    public boolean markSupported() {
        return in.markSupported();
    }

    @Override
    public void mark(int limit) throws IOException {
        in.mark(limit);
        mark = position;
    }

    @Override
    public void reset() throws IOException {
        in.reset();
        position = mark;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
