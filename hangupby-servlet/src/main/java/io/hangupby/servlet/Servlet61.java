package io.hangupby.servlet;

import static java.lang.invoke.MethodType.methodType;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;

/**
 * Calls methods of Servlet 6.1, which version 6.0 lacks. Containers differ in how they leave a buffer, so these methods delegate to the
 * container.
 */
final class Servlet61 {
    private static final MethodHandle READ = method(ServletInputStream.class, "read", int.class);
    private static final MethodHandle WRITE = method(ServletOutputStream.class, "write", void.class);

    private Servlet61() {}

    private static MethodHandle method(Class<?> stream, String name, Class<?> returned) {
        MethodType type = methodType(returned, ByteBuffer.class);
        try {
            return MethodHandles.publicLookup().findVirtual(stream, name, type);
        } catch (ReflectiveOperationException olderVersion) {
            throw new UnsupportedOperationException(name + " is a method of Servlet 6.1", olderVersion);
        }
    }

    static int read(ServletInputStream in, ByteBuffer into) throws IOException {
        try {
            return (int) READ.invokeExact(in, into);
        } catch (Throwable thrown) {
            throw asThrown(thrown);
        }
    }

    static void write(ServletOutputStream out, ByteBuffer from) throws IOException {
        try {
            WRITE.invokeExact(out, from);
        } catch (Throwable thrown) {
            throw asThrown(thrown);
        }
    }

    private static IOException asThrown(Throwable thrown) {
        if (thrown instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        return (IOException) thrown;
    }
}
