package io.hangupby.example.endurance;

import java.io.IOException;

/** A database server of our own, which can be restarted. */
interface Database extends AutoCloseable {

    /** Returns the URL of an empty database. */
    String url();

    /** Returns the user, who needs no password. */
    String user();

    /** Ends the server, which breaks off all connections, and starts it again with what it had committed. */
    void restart() throws IOException;

    @Override
    void close() throws IOException;
}
