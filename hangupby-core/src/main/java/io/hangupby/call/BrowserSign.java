package io.hangupby.call;

/** What an agent's browser reported of its leg, according to Voice Insights. */
public enum BrowserSign {
    /** The leg was ended in the browser: by a click, or because the page was closed in good order. */
    HUNG_UP_HERE,
    /** The leg was ended from Twilio's side. */
    HUNG_UP_THERE,
    /** The network connection for the sound was lost. */
    NETWORK_LOST,
    /** The connection was lost, and the browser tried to connect again. */
    RECONNECTING,
    /** The browser could not use the microphone. */
    MICROPHONE_FAILED,
    /** The connection failed for another reason. */
    CONNECTION_ERROR
}
