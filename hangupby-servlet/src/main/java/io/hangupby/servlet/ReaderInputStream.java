package io.hangupby.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;

/** Returns the bytes of what is left in a reader. Reports nothing as available, because a reader can wait for half a character. */
final class ReaderInputStream extends InputStream {
    private static final int CHUNK_CHARACTERS = 4 * 1024;

    private final Reader reader;
    private final Charset charset;
    private byte[] chunk = {};
    private int position;

    ReaderInputStream(Reader reader, Charset charset) {
        this.reader = reader;
        this.charset = charset;
    }

    @Override
    public int read() throws IOException {
        return fill() ? chunk[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, into, offset, count);
        position += count;
        return count;
    }

    /** Returns whether there is a byte to read. */
    private boolean fill() throws IOException {
        while (position == chunk.length) {
            char[] characters = new char[CHUNK_CHARACTERS];
            int count = reader.read(characters, 0, characters.length - 1);
            if (count < 0) {
                return false;
            }
            if (count > 0 && Character.isHighSurrogate(characters[count - 1])) {
                int low = reader.read();
                characters[count] = (char) low;
                count += low < 0 ? 0 : 1;
            }
            chunk = new String(characters, 0, count).getBytes(charset);
            position = 0;
        }
        return true;
    }
}
