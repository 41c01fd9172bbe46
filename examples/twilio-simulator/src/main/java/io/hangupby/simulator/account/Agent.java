package io.hangupby.simulator.account;

/**
 * A worker who takes calls, in the browser or on a desk phone. Immutable.
 *
 * @param workerSid the worker's SID, {@code WK…}
 * @param name the worker's name as TaskRouter shows it
 * @param contactUri where the agent's leg is dialled: {@code client:…} for a browser, a number for a desk phone
 */
public record Agent(String workerSid, String name, String contactUri) {

    /** Returns whether the agent takes calls in a browser, which can crash and in which the plugin can write a marker. */
    public boolean inBrowser() {
        return contactUri.startsWith("client:");
    }

    /** The worker's attributes as TaskRouter sends them with an event. */
    public String attributes() {
        return ("{\"full_name\":\"%s\",\"contact_uri\":\"%s\",\"roles\":[\"agent\"],"
                        + "\"routing\":{\"skills\":[\"en\",\"billing\"],\"levels\":{}}}")
                .formatted(name, contactUri);
    }
}
