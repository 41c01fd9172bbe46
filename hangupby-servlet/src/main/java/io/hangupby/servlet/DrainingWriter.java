package io.hangupby.servlet;

import java.io.PrintWriter;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.util.function.Supplier;

/** Wraps the container's writer, and reports to {@link DrainingResponse} how much is written and when the writer closes. */
final class DrainingWriter extends PrintWriter {
    private final PrintWriter theirs;
    private final DrainingResponse response;
    private final Charset charset;

    DrainingWriter(PrintWriter theirs, DrainingResponse response) {
        super(theirs);
        this.theirs = theirs;
        this.response = response;
        this.charset = Charset.forName(response.getCharacterEncoding());
    }

    @Override
    public void write(int character) {
        grows(() -> CharBuffer.wrap(new char[] {(char) character}));
        theirs.write(character);
    }

    @Override
    public void write(char[] characters, int from, int length) {
        grows(() -> CharBuffer.wrap(characters, from, length));
        theirs.write(characters, from, length);
    }

    @Override
    public void write(String text, int from, int length) {
        grows(() -> CharBuffer.wrap(text, from, from + length));
        theirs.write(text, from, length);
    }

    /** Leaves the line separator to the container. */
    @Override
    public void println() {
        response.grows(() -> 2);
        theirs.println();
    }

    private void grows(Supplier<CharBuffer> text) {
        response.grows(() -> charset.encode(text.get()).remaining());
    }

    @Override
    public void flush() {
        response.grows(() -> 0);
        theirs.flush();
    }

    @Override
    public boolean checkError() {
        response.grows(() -> 0);
        return theirs.checkError();
    }

    @Override
    public void close() {
        response.ends();
        theirs.close();
    }
}
