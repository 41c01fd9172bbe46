package io.hangupby;

import com.twilio.http.TwilioRestClient;
import io.hangupby.internal.twilio.TwilioHosts;
import io.hangupby.twilio.WriteOnEventVersion;
import java.net.URI;
import java.util.Optional;

/** Collects how Twilio's API is called, see {@link HangUpByBuilder#twilio}. Not thread-safe. */
public final class TwilioBuilder {
    private Optional<String> baseUrl = Optional.empty();
    private Optional<String> region = Optional.empty();
    private Optional<String> edge = Optional.empty();
    private Optional<TwilioRestClient> client = Optional.empty();
    private int maxConcurrentCalls = HangUpByBuilder.DEFAULT_MAX_CONCURRENT_CALLS;
    private int maxUpdatesPerSecond = HangUpByBuilder.DEFAULT_MAX_UPDATES_PER_SECOND;
    private WriteOnEventVersion writeOnEventVersion = WriteOnEventVersion.AUTO;

    TwilioBuilder() {}

    /** Sends API calls to this address in place of Twilio's own hosts: a simulator, a proxy. */
    public TwilioBuilder baseUrl(String baseUrl) {
        this.baseUrl = Optional.of(baseUrl);
        return this;
    }

    /** Sends API calls to this address, see {@link #baseUrl(String)}. */
    public TwilioBuilder baseUrl(URI baseUrl) {
        return baseUrl(baseUrl.toString());
    }

    /** Names the Twilio region that processes the account, such as {@code ie1}. Default: {@code us1}. Needs {@link #edge}. */
    public TwilioBuilder region(String region) {
        this.region = Optional.of(region);
        return this;
    }

    /** Names the edge where API calls enter Twilio's network, such as {@code dublin}. Needs {@link #region}. */
    public TwilioBuilder edge(String edge) {
        this.edge = Optional.of(edge);
        return this;
    }

    /**
     * Sends API calls through the HTTP client of the application's own client, with its proxy, timeouts and connections, and to
     * its region and edge unless others are given. The credentials stay those given to the account. twilio-java sends each request
     * once; the HTTP client below it may repeat a request if it is set to. twilio-java's default client waits up to 30 seconds for
     * a response.
     */
    public TwilioBuilder client(TwilioRestClient client) {
        this.client = Optional.of(client);
        return this;
    }

    /** Limits the API calls of one account that are under way at once; at least 1. */
    public TwilioBuilder maxConcurrentCalls(int maxConcurrentCalls) {
        this.maxConcurrentCalls = maxConcurrentCalls;
        return this;
    }

    /** Limits the task updates of one account in a second, of all nodes on a database together; 0 for no limit. */
    public TwilioBuilder maxUpdatesPerSecond(int maxUpdatesPerSecond) {
        this.maxUpdatesPerSecond = maxUpdatesPerSecond;
        return this;
    }

    /** Sets whether a task is written on the version that its newest event carries, without a read before. */
    public TwilioBuilder writeOnEventVersion(WriteOnEventVersion writeOnEventVersion) {
        this.writeOnEventVersion = writeOnEventVersion;
        return this;
    }

    /**
     * @throws HangUpByConfigurationException if a setting is wrong
     */
    TwilioSettings build() {
        if (maxConcurrentCalls < 1) {
            throw HangUpByBuilder.wrong("hangupby.twilio.max-concurrent-calls", "at least 1");
        }
        if (maxUpdatesPerSecond < 0) {
            throw HangUpByBuilder.wrong("hangupby.twilio.max-updates-per-second", "0 for no limit, or more");
        }
        TwilioHosts hosts = new TwilioHosts(
                region.map(name -> host("hangupby.twilio.region", name)),
                edge.map(name -> host("hangupby.twilio.edge", name)),
                baseUrl.map(url -> HttpUrl.of("hangupby.twilio.base-url", url)));
        if (client.isEmpty() && region.isPresent() != edge.isPresent()) {
            throw region.isPresent()
                    ? missing("hangupby.twilio.edge", "the edge of the region, such as dublin for ie1")
                    : missing("hangupby.twilio.region", "the account's region, which is us1 by default");
        }
        return new TwilioSettings(hosts, client, maxConcurrentCalls, maxUpdatesPerSecond, writeOnEventVersion);
    }

    /** Twilio's hosts name both, or neither. An application's own client can supply the other part. */
    private static HangUpByConfigurationException missing(String property, String expected) {
        return new HangUpByConfigurationException(property, "is missing", "set it to " + expected);
    }

    private static String host(String property, String name) {
        if (!name.matches("[a-z0-9-]{1,32}")) {
            throw HangUpByBuilder.wrong(property, "a name as Twilio has it, such as ie1 or dublin");
        }
        return name;
    }
}
