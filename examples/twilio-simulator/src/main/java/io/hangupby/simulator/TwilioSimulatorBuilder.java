package io.hangupby.simulator;

import io.hangupby.simulator.internal.account.SidGenerator;
import io.hangupby.simulator.internal.account.SimulatedWorkspace;
import java.time.Clock;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** Builds and starts a {@link TwilioSimulator}. Not thread-safe. */
public final class TwilioSimulatorBuilder {

    private String accountSid = TwilioSimulator.DEFAULT_ACCOUNT_SID;
    private String authToken = TwilioSimulator.DEFAULT_AUTH_TOKEN;
    private String workspaceSid = TwilioSimulator.DEFAULT_WORKSPACE_SID;
    private Clock clock = Clock.systemUTC();
    private OptionalLong seed = OptionalLong.empty();
    private int port;
    private boolean accountInvented;
    private boolean credentialsChecked;
    private final Set<String> apiKeys = new HashSet<>();

    TwilioSimulatorBuilder() {}

    /** Sets the account's SID. */
    public TwilioSimulatorBuilder accountSid(String sid) {
        this.accountSid = sid;
        return this;
    }

    /** Sets the auth token, which signs callbacks and gives access to the API. */
    public TwilioSimulatorBuilder authToken(String token) {
        this.authToken = token;
        return this;
    }

    /** Invents SIDs of the account and the workspace, and an auth token, from the seed. */
    public TwilioSimulatorBuilder newAccount() {
        this.accountInvented = true;
        return this;
    }

    /** Sets the workspace's SID. */
    public TwilioSimulatorBuilder workspaceSid(String sid) {
        this.workspaceSid = sid;
        return this;
    }

    /** Sets the clock of all events and resources; by default the system clock. */
    public TwilioSimulatorBuilder clock(Clock source) {
        this.clock = source;
        return this;
    }

    /** Sets the port of {@link TwilioSimulator#baseUrl}; by default any free port. */
    public TwilioSimulatorBuilder port(int number) {
        this.port = number;
        return this;
    }

    /**
     * Sets the seed of everything random: the same seed gives the same SIDs, orders and faults. By default each simulator has
     * another seed, which it logs; the system property {@code twilio-simulator.seed} sets that of the first.
     */
    public TwilioSimulatorBuilder seed(long value) {
        this.seed = OptionalLong.of(value);
        return this;
    }

    /** Accepts only the account's SID with its token, and the API keys. By default all credentials are accepted. */
    public TwilioSimulatorBuilder checkCredentials() {
        this.credentialsChecked = true;
        return this;
    }

    /** Accepts this API key, and rejects credentials that are not of the account. */
    public TwilioSimulatorBuilder apiKey(String key, String secret) {
        this.apiKeys.add(key + ":" + secret);
        return checkCredentials();
    }

    Clock clock() {
        return clock;
    }

    OptionalLong seed() {
        return seed;
    }

    int port() {
        return port;
    }

    SimulatedWorkspace workspace(SidGenerator sids) {
        return accountInvented
                ? SimulatedWorkspace.of(sids.next("AC"), sids.next(""), sids.next("WS"), sids)
                : SimulatedWorkspace.of(accountSid, authToken, workspaceSid, sids);
    }

    Set<String> acceptedCredentials(SimulatedWorkspace account) {
        if (!credentialsChecked) {
            return Set.of();
        }
        Set<String> accepted = new HashSet<>(apiKeys);
        accepted.add(account.accountSid() + ":" + account.authToken());
        return accepted;
    }

    /** Starts the simulator. */
    public TwilioSimulator start() {
        return new TwilioSimulator(this);
    }
}
