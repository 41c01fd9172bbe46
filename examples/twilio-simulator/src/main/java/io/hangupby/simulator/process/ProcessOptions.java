package io.hangupby.simulator.process;

import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.scenarios.CallScenario;
import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * The options of a command line. Immutable.
 *
 * @param port the port of the simulated API
 * @param callback where hangupby's path is reached from here
 * @param publicUrl the public URL of hangupby's path, over which signatures are computed
 * @param plays the calls to play, in turn
 * @param rate how many calls begin per second
 * @param wrapUp the time from the end of a call to the agent's completion
 * @param calls how many calls are played, or 0 for no end
 * @param seed what the SIDs come from, or empty for others each time
 * @param accountSid the account
 * @param authToken its auth token
 * @param eventStreams whether events are sent by Event Streams too
 * @param conferenceCallbacks whether conference status callbacks are sent
 * @param handler whether the callback and the public URL are those of a handler behind hangupby's filter
 */
record ProcessOptions(
        int port,
        URI callback,
        String publicUrl,
        List<CallScenario> plays,
        double rate,
        Duration wrapUp,
        int calls,
        OptionalLong seed,
        String accountSid,
        String authToken,
        boolean eventStreams,
        boolean conferenceCallbacks,
        boolean handler) {

    static final String HELP = """
            Simulates Twilio on this machine, plays calls against your application, and compares each value with what happened.

            java -jar hangupby-test-VERSION-standalone.jar --callback http://127.0.0.1:8080/hangupby [options]

              --callback URL           Sends events to this address of hangupby's path. Required.
              --public-url URL         Signs them for this address: the application's hangupby.public-url. Default: the callback.
              --handler                Says that both are addresses of a handler behind hangupby's filter, which receives the events.
              --port NUMBER            Serves the simulated API at this port. Default: 4010.
              --play NAME,NAME,…       Plays these calls in turn. Default: mix. --list names all of them.
              --rate NUMBER            Begins this number of calls per second. Default: 1.
              --wrap-up SECONDS        Lets agents complete this long after a call's end. Default: 10.
              --calls NUMBER           Ends after this number of calls. Default: 0, no end.
              --conference-callbacks   Also sends conference status callbacks, to /conference below the callback.
              --event-streams          Also sends the events by Event Streams, to /events below the callback.
              --seed NUMBER            Repeats the SIDs of a run with this seed. Default: another seed each time.
              --account-sid AC…        Names the account. Default: an invented SID, the same each time.
              --auth-token TOKEN       Sets its auth token. Default: an invented token, the same each time.
              --list                   Lists the calls.
              --help                   Shows this text.

            Exit code: 0 if all values were right, 1 if a value was wrong, 2 if the options are wrong or nothing listens.
            """;

    /**
     * Reads a command line.
     *
     * @throws UsageException if an option is unknown, incomplete or wrong
     */
    static ProcessOptions parse(List<String> arguments) {
        Parsed parsed = new Parsed();
        for (Iterator<String> left = arguments.iterator(); left.hasNext(); ) {
            parsed.take(left.next(), left);
        }
        return parsed.options();
    }

    /** The options as far as they have been read. */
    private static final class Parsed {

        private int port = 4010;
        private String callback = "";
        private String publicUrl = "";
        private String plays = PlayedCalls.MIX;
        private double rate = 1;
        private int wrapUp = 10;
        private int calls;
        private OptionalLong seed = OptionalLong.empty();
        private String accountSid = TwilioSimulator.DEFAULT_ACCOUNT_SID;
        private String authToken = TwilioSimulator.DEFAULT_AUTH_TOKEN;
        private boolean eventStreams;
        private boolean conferenceCallbacks;
        private boolean handler;

        private void take(String name, Iterator<String> left) {
            switch (name) {
                case "--event-streams" -> eventStreams = true;
                case "--conference-callbacks" -> conferenceCallbacks = true;
                case "--handler" -> handler = true;
                case "--port" -> port = number(name, value(name, left), 65_535);
                case "--callback" -> callback = url(name, value(name, left));
                case "--public-url" -> publicUrl = url(name, value(name, left));
                case "--play" -> plays = value(name, left);
                case "--rate" -> rate = rate(value(name, left));
                case "--wrap-up" -> wrapUp = number(name, value(name, left), 3_600);
                case "--calls" -> calls = number(name, value(name, left), Integer.MAX_VALUE);
                case "--seed" -> seed = OptionalLong.of(number(name, value(name, left), Integer.MAX_VALUE));
                case "--account-sid" -> accountSid = accountSid(value(name, left));
                case "--auth-token" -> authToken = value(name, left);
                default -> throw new UsageException("There is no option " + name);
            }
        }

        private ProcessOptions options() {
            if (callback.isEmpty()) {
                throw new UsageException(
                        "--callback is missing: the address of hangupby's path, such as http://127.0.0.1:8080/hangupby");
            }
            if (handler && (conferenceCallbacks || eventStreams)) {
                throw new UsageException("--handler receives TaskRouter's callbacks only. Leave out "
                        + (conferenceCallbacks ? "--conference-callbacks" : "--event-streams"));
            }
            return new ProcessOptions(
                    port,
                    URI.create(callback),
                    publicUrl.isEmpty() ? callback : publicUrl,
                    PlayedCalls.of(plays, conferenceCallbacks),
                    rate,
                    Duration.ofSeconds(wrapUp),
                    calls,
                    seed,
                    accountSid,
                    authToken,
                    eventStreams,
                    conferenceCallbacks,
                    handler);
        }

        private static String value(String name, Iterator<String> left) {
            String value = left.hasNext() ? left.next() : "";
            if (value.isEmpty() || value.startsWith("--")) {
                throw new UsageException(name + " needs a value");
            }
            return value;
        }

        private static int number(String name, String value, int most) {
            try {
                int number = Integer.parseInt(value);
                if (number >= 0 && number <= most) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                // The message below says what is needed.
            }
            throw new UsageException(name + " needs a whole number from 0 to " + most + ", not " + value);
        }

        private static double rate(String value) {
            try {
                double rate = Double.parseDouble(value);
                if (rate > 0 && rate <= 1000) {
                    return rate;
                }
            } catch (NumberFormatException notANumber) {
                // The message below says what is needed.
            }
            throw new UsageException("--rate needs a number above 0, at most 1000, not " + value);
        }

        private static String url(String name, String value) {
            if (!value.matches("https?://[^/?#\\s]+(/[^?#\\s]*)?")) {
                throw new UsageException(
                        name + " needs an address such as http://127.0.0.1:8080/hangupby, not " + value);
            }
            return value.replaceFirst("/+$", "");
        }

        private static String accountSid(String value) {
            if (!value.matches("AC[0-9a-f]{32}")) {
                throw new UsageException("--account-sid needs AC and 32 hexadecimal digits, not " + value);
            }
            return value;
        }
    }

    /** The options cannot be used; the message says why. */
    static final class UsageException extends RuntimeException {

        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    /** Returns the address of an endpoint below the callback. */
    URI endpoint(String path) {
        return URI.create(callback + path);
    }

    /** Returns where TaskRouter's events are sent. */
    URI taskRouterCallback() {
        return handler ? callback : endpoint("/taskrouter");
    }

    /** Returns the address that the signatures of TaskRouter's events are computed for. */
    String taskRouterPublicUrl() {
        return handler ? publicUrl : publicUrl + "/taskrouter";
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "ProcessOptions[" + callback + ", " + plays + "]";
    }
}
