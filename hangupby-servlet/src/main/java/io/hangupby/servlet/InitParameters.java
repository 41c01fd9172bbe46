package io.hangupby.servlet;

import io.hangupby.AgentMarker;
import io.hangupby.HangUpBy;
import io.hangupby.HangUpByBuilder;
import io.hangupby.HangUpByConfigurationException;
import io.hangupby.decision.Detail;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Vocabulary.Style;
import io.hangupby.twilio.WriteOnEventVersion;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the init parameters of a servlet or a filter that is declared in {@code web.xml}. They are named like the Spring properties
 * without {@code hangupby.} in front. The environment supplies a missing parameter, such as {@code HANGUPBY_AUTH_TOKEN} for
 * {@code auth-token}, because a secret does not belong in {@code web.xml}. So does a system property such as
 * {@code hangupby.auth-token}, which a test can set in its own process; it has precedence over the environment.
 */
final class InitParameters {
    private static final String PREFIX = "hangupby.";
    private static final String FILTER_PUBLIC_URL = "filter.public-url";
    private static final List<String> PUBLIC_URLS = List.of("public-url", "public-urls");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|)");
    private static final Map<String, BiConsumer<HangUpByBuilder, String>> KNOWN = new TreeMap<>(Map.ofEntries(
            Map.entry("account-sid", HangUpByBuilder::accountSid),
            // Read together by both().
            Map.entry("auth-token", (builder, value) -> {}),
            Map.entry("auth-tokens", (builder, value) -> {}),
            Map.entry("api-key", HangUpByBuilder::apiKey),
            Map.entry("api-secret", HangUpByBuilder::apiSecret),
            Map.entry("workspace-sid", HangUpByBuilder::workspaceSid),
            // Read together by both().
            Map.entry("public-url", (builder, value) -> {}),
            Map.entry("public-urls", (builder, value) -> {}),
            Map.entry(
                    "trust-forwarded-headers",
                    (builder, value) -> builder.trustForwardedHeaders(flag("hangupby.trust-forwarded-headers", value))),
            Map.entry("channels", (builder, value) -> builder.channels(Set.copyOf(list(value)))),
            Map.entry(
                    "agent-marker",
                    (builder, value) ->
                            builder.agentMarker(constant("hangupby.agent-marker", AgentMarker.values(), value))),
            Map.entry("agent-marker-values", (builder, value) -> builder.agentMarkerValues(Set.copyOf(list(value)))),
            Map.entry("ignored-participants", (builder, value) -> builder.ignoredParticipants(Set.copyOf(list(value)))),
            Map.entry("short-call", (builder, value) -> builder.shortCall(duration("hangupby.short-call", value))),
            Map.entry(
                    "vocabulary.style",
                    (builder, value) -> builder.vocabulary(
                            v -> v.with(constant("hangupby.vocabulary.style", Style.values(), value)))),
            Map.entry(
                    "preset-on-create",
                    (builder, value) -> builder.presetOnCreate(flag("hangupby.preset-on-create", value))),
            Map.entry("plugin-pins", (builder, value) -> builder.pluginPins(flag("hangupby.plugin-pins", value))),
            Map.entry("dry-run", (builder, value) -> builder.dryRun(flag("hangupby.dry-run", value))),
            Map.entry(
                    "recovery.interval",
                    (builder, value) ->
                            builder.recovery(r -> r.interval(duration("hangupby.recovery.interval", value)))),
            Map.entry(
                    "recovery.look-back",
                    (builder, value) ->
                            builder.recovery(r -> r.lookBack(duration("hangupby.recovery.look-back", value)))),
            Map.entry("twilio.base-url", (builder, value) -> builder.twilio(t -> t.baseUrl(value))),
            Map.entry("twilio.region", (builder, value) -> builder.twilio(t -> t.region(value))),
            Map.entry("twilio.edge", (builder, value) -> builder.twilio(t -> t.edge(value))),
            Map.entry(
                    "twilio.max-concurrent-calls",
                    (builder, value) -> builder.twilio(
                            t -> t.maxConcurrentCalls(number("hangupby.twilio.max-concurrent-calls", value)))),
            Map.entry(
                    "twilio.max-updates-per-second",
                    (builder, value) -> builder.twilio(
                            t -> t.maxUpdatesPerSecond(number("hangupby.twilio.max-updates-per-second", value)))),
            Map.entry(
                    "twilio.write-on-event-version",
                    (builder, value) -> builder.twilio(t -> t.writeOnEventVersion(constant(
                            "hangupby.twilio.write-on-event-version", WriteOnEventVersion.values(), value))))));

    static {
        for (EndedBy endedBy : EndedBy.values()) {
            String name = endedBy.name().toLowerCase(Locale.ROOT).replace('_', '-');
            KNOWN.put("vocabulary.values." + name, (builder, value) -> builder.vocabulary(v -> v.with(endedBy, value)));
        }
    }

    static {
        for (Detail detail : Detail.values()) {
            String name = detail.name().toLowerCase(Locale.ROOT).replace('_', '-');
            KNOWN.put("details." + name, (builder, value) -> builder.detail(detail, value));
        }
    }

    private InitParameters() {}

    static HangUpByBuilder of(ServletConfig config, Map<String, String> environment) {
        List<String> parameters = Collections.list(config.getInitParameterNames());
        rejectUnknown(parameters, KNOWN.keySet(), "HangUpByServlet");
        return of(KNOWN.keySet(), parameters, given(config::getInitParameter, environment));
    }

    static HangUpByBuilder of(FilterConfig config, Map<String, String> environment) {
        // A filter has no endpoint of its own.
        Set<String> ofBoth = new TreeSet<>(KNOWN.keySet());
        ofBoth.removeAll(PUBLIC_URLS);
        Set<String> known = new TreeSet<>(ofBoth);
        known.add(FILTER_PUBLIC_URL);
        List<String> parameters = Collections.list(config.getInitParameterNames());
        rejectUnknown(parameters, known, "HangUpByFilter");
        return of(ofBoth, parameters, given(config::getInitParameter, environment));
    }

    /** Starts hangupby. An exception for a missing or wrong setting also names the init parameter and the variable. */
    static HangUpBy start(HangUpByBuilder builder) {
        try {
            return builder.build();
        } catch (HangUpByConfigurationException wrong) {
            String name = wrong.property().replaceFirst("^hangupby\\.", "");
            if (!KNOWN.containsKey(name)) {
                throw wrong;
            }
            throw new HangUpByConfigurationException(
                    wrong.property(),
                    wrong.problem(),
                    wrong.remedy() + "; give it as the init parameter " + name + ", in the environment as "
                            + environmentName(name) + ", or as the system property " + PREFIX + name);
        }
    }

    /** Returns the parameter that only a filter has. */
    static Optional<String> filterPublicUrl(FilterConfig config, Map<String, String> environment) {
        return given(config::getInitParameter, environment).apply(FILTER_PUBLIC_URL);
    }

    private static void rejectUnknown(List<String> names, Set<String> known, String owner) {
        for (String name : names) {
            if (!known.contains(name)
                    && !AccountParameters.isKnown(name)
                    && !JdbcParameters.names().contains(name)) {
                Set<String> all = new TreeSet<>(known);
                all.addAll(AccountParameters.names());
                all.addAll(JdbcParameters.names());
                throw new HangUpByConfigurationException(
                        name, "is not an init parameter of " + owner, "use one of " + all);
            }
        }
    }

    private static HangUpByBuilder of(
            Set<String> names, List<String> parameters, Function<String, Optional<String>> given) {
        HangUpByBuilder builder = HangUpBy.builder();
        KNOWN.forEach((name, set) -> given.apply(name)
                .filter(value -> names.contains(name))
                .ifPresent(value -> set.accept(builder, value.strip())));
        builder.authTokens(both("auth-token", "auth-tokens", given));
        if (names.containsAll(PUBLIC_URLS)) {
            builder.publicUrls(both("public-url", "public-urls", given));
        }
        AccountParameters.applyTo(builder, parameters, given);
        JdbcParameters.applyTo(builder, given);
        return builder;
    }

    /** Uses the values of both parameters, because a token or an address that was added must not be ignored. */
    static List<String> both(String single, String several, Function<String, Optional<String>> given) {
        Stream<String> first = given.apply(single).map(String::strip).stream();
        Stream<String> further =
                given.apply(several).map(InitParameters::list).stream().flatMap(List::stream);
        return Stream.concat(first, further).distinct().toList();
    }

    private static Function<String, Optional<String>> given(
            Function<String, @Nullable String> parameters, Map<String, String> environment) {
        return name -> Optional.ofNullable(parameters.apply(name))
                .or(() -> Optional.ofNullable(System.getProperty(PREFIX + name)))
                .or(() -> Optional.ofNullable(environment.get(environmentName(name))));
    }

    private static String environmentName(String name) {
        return "HANGUPBY_" + name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }

    private static List<String> list(String value) {
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static <E extends Enum<E>> E constant(String property, E[] constants, String value) {
        return Arrays.stream(constants)
                .filter(constant -> constant.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new HangUpByConfigurationException(
                        property,
                        "has a value that cannot be used",
                        "set it to "
                                + Arrays.stream(constants)
                                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(" or "))));
    }

    static boolean flag(String property, String value) {
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw new HangUpByConfigurationException(
                    property, "has a value that cannot be used", "set it to true or false");
        }
        return Boolean.parseBoolean(value);
    }

    private static int number(String property, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException notANumber) {
            throw new HangUpByConfigurationException(property, "is not a whole number", "set it to a whole number");
        }
    }

    /** Parses a duration in the format of Spring's properties: {@code 30s}, {@code 15m}, {@code 0}. */
    static Duration duration(String property, String value) {
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            throw new HangUpByConfigurationException(
                    property, "is not a duration", "set it to a duration such as 30s or 15m");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMillis(number);
        };
    }
}
