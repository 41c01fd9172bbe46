package io.hangupby.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;

/**
 * The container's own reader, with somebody who listens to what is read of it. What it has made of the bytes is good enough:
 * the forms that Twilio sends are ASCII.
 */
final class TeeReader extends Reader {
    private final Reader in;
    private final BodyTap tap;

    TeeReader(Reader in, BodyTap tap) {
        this.in = in;
        this.tap = tap;
    }

    @Override
    public int read(char[] characters, int from, int length) throws IOException {
        int read = in.read(characters, from, length);
        tap.attempt(() -> {
            byte[] bytes = new String(characters, from, Math.max(read, 0)).getBytes(UTF_8);
            tap.read(bytes, 0, read < 0 ? -1 : bytes.length);
        });
        return read;
    }

    @Override
    public boolean ready() throws IOException {
        return in.ready();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
