package io.hangupby.example.benchmark;

/** The account that both sides know. Nothing of it exists. */
final class Invented {
    static final String ACCOUNT_SID = "AC" + "a".repeat(32);
    static final String WORKSPACE_SID = "WS" + "b".repeat(32);
    static final String AUTH_TOKEN = "0123456789abcdef".repeat(2);
    static final String PUBLIC_URL = "https://hooks.example.com/hangupby";

    private Invented() {}
}
