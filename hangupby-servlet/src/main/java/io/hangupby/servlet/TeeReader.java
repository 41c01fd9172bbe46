package io.hangupby.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Passes each call on to the container's reader, and copies the characters read into the tap. Reads nothing ahead, so that it waits for
 * the sender exactly where the container's reader does. The container's decoding loses nothing, because Twilio's forms are ASCII.
 */
final class TeeReader extends BufferedReader {
    private final BufferedReader in;
    private final BodyTap tap;

    /** The position of the next character. */
    private long position;

    /** The position up to which the tap has all characters. After a reset, characters before it are read again. */
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

    /** Takes the end of a line for the end of the body. Twilio's forms have one line; other bodies fail the signature check. */
    @Override
    public @Nullable String readLine() throws IOException {
        String line = in.readLine();
        if (line != null) {
            observe(line.toCharArray(), 0, line.length());
        }
        observe(new char[0], 0, -1);
        return line;
    }

    /** Leaves skipped characters out of the copy, unless they are read after a reset. */
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
