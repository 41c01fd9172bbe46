package io.hangupby.internal.check;

import java.util.Locale;

/** Compares and shows the addresses of a set-up. */
final class Addresses {
    private Addresses() {}

    /** Returns an address without the parts that can hold a secret: user, password and query. */
    static String shown(String url) {
        return url.replaceFirst("[?#].*$", "").replaceFirst("//[^/@]*@", "//");
    }

    /** Returns an address for a command, with placeholders for user and password. */
    static String forCommand(String url) {
        return url.replaceFirst("[?#].*$", "").replaceFirst("//[^/@]*@", "//<user>:<password>@");
    }

    /** Returns an address as it is signed, as far as two of them can differ: without its fragment and a port of its scheme. */
    static String signed(String url) {
        return url.replaceFirst("#.*$", "")
                .replaceFirst("^(https://[^/?]*):443(?=[/?]|$)", "$1")
                .replaceFirst("^(http://[^/?]*):80(?=[/?]|$)", "$1");
    }

    /** Returns the host and port of an address, in lower case. */
    static String host(String url) {
        return shown(url).replaceFirst("^[^/]*//", "").replaceFirst("/.*$", "").toLowerCase(Locale.ROOT);
    }

    /** Returns whether a host has one of the names that are reserved for examples, and never has an address. */
    static boolean isPlaceholder(String host) {
        return host.matches("(.*\\.)?example(\\.(com|net|org))?");
    }

    /** Returns an address without its path, with user and password. */
    static String origin(String url) {
        return url.replaceFirst("^([^/]*//[^/?#]*).*$", "$1");
    }

    /** Returns the path of an address; empty if it has none. */
    static String path(String url) {
        return shown(url).replaceFirst("^[^/]*//[^/]*", "");
    }

    /** Returns whether two addresses are signed alike. */
    static boolean same(String url, String other) {
        return signed(url).equals(signed(other));
    }

    /** Returns whether two addresses differ only in scheme, case, a slash at the end, user or query. */
    static boolean similar(String url, String other) {
        return reduced(url).equals(reduced(other));
    }

    private static String reduced(String url) {
        return shown(signed(url))
                .replaceFirst("^https?://", "")
                .replaceFirst(":(80|443)(?=/|$)", "")
                .replaceFirst("/+$", "")
                .toLowerCase(Locale.ROOT);
    }
}
