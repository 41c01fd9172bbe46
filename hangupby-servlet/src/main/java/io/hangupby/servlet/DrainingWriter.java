package io.hangupby.servlet;

import java.io.PrintWriter;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.util.function.Supplier;

/** The container's own writer, of which its answer knows how much was written, and when it is closed. */
final class DrainingWriter extends PrintWriter {
    private final PrintWriter theirs;
    private final DrainingResponse answer;
    private final Charset charset;

    DrainingWriter(PrintWriter theirs, DrainingResponse answer) {
        super(theirs);
        this.theirs = theirs;
        this.answer = answer;
        this.charset = Charset.forName(answer.getCharacterEncoding());
    }

    @Override
    public void write(int one) {
        grows(() -> CharBuffer.wrap(new char[] {(char) one}));
        theirs.write(one);
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

    /** Each container ends lines in its own way. */
    @Override
    public void println() {
        answer.grows(() -> 2);
        theirs.println();
    }

    private void grows(Supplier<CharBuffer> text) {
        answer.grows(() -> charset.encode(text.get()).remaining());
    }

    @Override
    public void flush() {
        answer.grows(() -> 0);
        theirs.flush();
    }

    @Override
    public boolean checkError() {
        answer.grows(() -> 0);
        return theirs.checkError();
    }

    @Override
    public void close() {
        answer.ends();
        theirs.close();
    }
}
