package io.hangupby.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.twilio.security.RequestValidator;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureVerifierTest {

    private static final String TOKEN = "12345";
    private static final String URL = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private static final String FORM =
            "CallSid=CA1234567890ABCDE&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309&Digits=1234";
    private static final String SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

    private final SignatureVerifier verifier = new SignatureVerifier(List.of(TOKEN));

    /** Signatures that third parties computed and published. */
    @Nested
    class PublishedVectors {

        record Vector(String name, String url, String body, String signature) {
            @Override
            public String toString() {
                return name;
            }
        }

        static List<Vector> vectors() {
            return List.of(
                    new Vector(
                            "form of the public gist",
                            URL,
                            "CallSid=CA1234567890ABCDE&From=%2B12349013030&To=%2B18005551212&Caller=%2B12349013030"
                                    + "&Digits=1234",
                            "0/KCTR6DLpKmkAf8muzZqo1nDgQ="),
                    new Vector("form of twilio-java", URL, FORM, SIGNATURE),
                    new Vector(
                            "UTF-8, ampersand and plus in a value",
                            "https://cc.example.com/hooks/taskrouter",
                            "EventType=task.wrapup&AccountSid=AC00000000000000000000000000000000"
                                    + "&WorkspaceSid=WS00000000000000000000000000000000"
                                    + "&TaskSid=WT00000000000000000000000000000000"
                                    + "&TaskAttributes=%7B%22a%22%3A%22%C3%A9+%26+%2B%22%7D",
                            "n/ot3iQ6oFgJ4z7LrXQ7zbETJfc="),
                    new Vector(
                            "port 80 signed, and in the URL",
                            "http://mycompany.com:80/myapp.php?foo=1&bar=2",
                            FORM,
                            "0ZXoZLH/DfblKGATFgpif+LLRf4="),
                    new Vector(
                            "port 80 signed, not in the URL",
                            "http://mycompany.com/myapp.php?foo=1&bar=2",
                            FORM,
                            "0ZXoZLH/DfblKGATFgpif+LLRf4="),
                    new Vector(
                            "port 443 signed, and in the URL",
                            "https://mycompany.com:443/myapp.php?foo=1&bar=2",
                            FORM,
                            "kvajT1Ptam85bY51eRf/AJRuM3w="),
                    new Vector("port 443 signed, not in the URL", URL, FORM, "kvajT1Ptam85bY51eRf/AJRuM3w="),
                    new Vector("no parameters", URL, "", "zYQTYrRWXE7LtzbG4PfP7/bkkGo="));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("vectors")
        void published_signatures_are_accepted(Vector vector) {
            assertThat(verifier.acceptsForm(vector.url(), form(vector.body()), vector.signature()))
                    .isTrue();
        }

        @Test
        void published_signatures_of_json_are_accepted() {
            byte[] body = "{\"property\": \"value\", \"boolean\": true}".getBytes(UTF_8);
            String url = URL + "&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";

            assertThat(acceptsJson(url, body, body.length, "a9nBmqA0ju/hNViExpshrM61xv4="))
                    .isTrue();
        }
    }

    @Nested
    class AFormThatWasTamperedWith {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://mycompany.com/myapp.php?foo=1&bar=3",
                    "https://mycompany.com/myapp.php?bar=2&foo=1",
                    "https://mycompany.com/myapp.php",
                    "https://mycompany.com/other.php?foo=1&bar=2",
                    "https://mycompany.org/myapp.php?foo=1&bar=2",
                    "http://mycompany.com/myapp.php?foo=1&bar=2",
                    "https://mycompany.com:443/myapp.php?foo=1&bar=3",
                    "mycompany.com/myapp.php?foo=1&bar=2",
                    ""
                })
        void a_signature_of_another_url_is_rejected(String url) {
            assertThat(verifier.acceptsForm(url, form(FORM), SIGNATURE)).isFalse();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    FORM + "&Extra=1",
                    FORM + "&Digits=5",
                    FORM + "&Extra",
                    "CallSid=CA1234567890ABCDE&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309",
                    "CallSid=CA1234567890ABCDE&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309&Digits=1235",
                    "CallSid=CA1234567890ABCDE&From=+14158675309&To=%2B18005551212&Caller=%2B14158675309&Digits=1234",
                    "callSid=CA1234567890ABCDE&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309&Digits=1234"
                })
        void a_signature_of_other_parameters_is_rejected(String body) {
            assertThat(verifier.acceptsForm(URL, form(body), SIGNATURE)).isFalse();
        }

        @Test
        void order_and_spelling_of_parameters_do_not_matter() {
            String body = "Digits=%31%32%33%34&To=%2b18005551212&Caller=%2B14158675309&&From=%2B14158675309"
                    + "&CallSid=CA1234567890ABCDE";

            assertThat(verifier.acceptsForm(URL, form(body), SIGNATURE)).isTrue();
        }

        @Test
        void a_repeated_parameter_with_the_same_value_does_not_matter() {
            assertThat(verifier.acceptsForm(URL, form(FORM + "&Digits=1234"), SIGNATURE))
                    .isTrue();
        }
    }

    @Nested
    class ASignature {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "=",
                    "garbage",
                    "!!!! no base64 !!!!",
                    "RSOYDt4T1cUTdK1PDd93/VVr8B8",
                    "RSOYDt4T1cUTdK1PDd93/VVr8B8= ",
                    "RSOYDt4T1cUTdK1PDd93/VVr8B9=",
                    "rSOYDt4T1cUTdK1PDd93/VVr8B8=",
                    "RSOYDt4T1cUTdK1PDd93_VVr8B8=",
                    "RSOYDt4T1cUTdK1PDd93/VVr8B8=RSOYDt4T1cUTdK1PDd93/VVr8B8=",
                    "RSOYDt4T1cUTdK1PDd93/VVr8\u0142\uD83D\uDE00=",
                    "0/KCTR6DLpKmkAf8muzZqo1nDgQ="
                })
        void a_malformed_or_different_signature_is_rejected(String signature) {
            assertThat(verifier.acceptsForm(URL, form(FORM), signature)).isFalse();
        }

        @Test
        void a_signature_by_another_token_is_rejected() {
            SignatureVerifier stranger = new SignatureVerifier(List.of("54321"));

            assertThat(stranger.acceptsForm(URL, form(FORM), SIGNATURE)).isFalse();
        }

        @Test
        void a_signature_has_the_same_result_each_time() {
            for (int round = 0; round < 50; round++) {
                assertThat(verifier.acceptsForm(URL, form(FORM), SIGNATURE)).isTrue();
                assertThat(verifier.acceptsForm(URL, form(""), SIGNATURE)).isFalse();
            }
        }

        @Test
        void a_signature_has_the_same_result_on_many_threads() throws Exception {
            Callable<List<Boolean>> checks = () -> {
                List<Boolean> answers = new ArrayList<>();
                for (int round = 0; round < 200; round++) {
                    answers.add(verifier.acceptsForm(URL, form(FORM), SIGNATURE));
                    answers.add(!verifier.acceptsForm(URL, form(FORM), "0/KCTR6DLpKmkAf8muzZqo1nDgQ="));
                }
                return answers;
            };
            ExecutorService threads = Executors.newFixedThreadPool(40);
            try {
                for (Future<List<Boolean>> answers : threads.invokeAll(Collections.nCopies(40, checks))) {
                    assertThat(answers.get()).hasSize(400).containsOnly(true);
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Nested
    class TheUrl {

        private final List<List<String>> parameters = List.of(List.of("EventType", "task.wrapup"));
        private final FormBody form = form("EventType=task.wrapup");

        @ParameterizedTest(name = "signed for {0}, received at {1}")
        @CsvSource({
            "https://cc.example.com/a,                   https://cc.example.com/a",
            "https://cc.example.com/a,                   https://cc.example.com:443/a",
            "https://cc.example.com/a,                   https://cc.example.com:8443/a",
            "https://cc.example.com:443/a,               https://cc.example.com/a",
            "https://cc.example.com:8443/a,              https://cc.example.com:8443/a",
            "http://cc.example.com:80,                   http://cc.example.com",
            "https://u:p@cc.example.com:443/a,           https://u:p@cc.example.com/a",
            "https://u:p@cc.example.com/a,               https://u:p@cc.example.com:443/a",
            "https://[::1]/a,                            https://[::1]:8080/a",
            "https://[::1]:443/a,                        https://[::1]/a",
            "https://cc.example.com/%C3%A9%2fb?q=%2b+x,  https://cc.example.com:443/%C3%A9%2fb?q=%2b+x",
            "https://cc.example.com:443/%7e?q=%26%3d,    https://cc.example.com/%7e?q=%26%3d",
            "https://cc.example.com/a?b=c,               https://cc.example.com/a?b=c#rc=3&rp=5xx",
            "https://cc.example.com:443/a,               https://cc.example.com/a#rc=3"
        })
        void a_signature_of_the_url_with_or_without_its_port_is_accepted(String signed, String received) {
            String signature = SigningReference.sign(TOKEN, signed, parameters);

            assertThat(verifier.acceptsForm(received, form, signature)).isTrue();
        }

        @ParameterizedTest(name = "signed for {0}, received at {1}")
        @CsvSource({
            "https://cc.example.com:8443/a,              https://cc.example.com/a",
            "https://cc.example.com:8443/a,              https://cc.example.com:443/a",
            "https://cc.example.com:443/a,               https://cc.example.com:8443/a",
            "https://cc.example.com:80/a,                https://cc.example.com/a",
            "https://cc.example.com/%C3%A9,              https://cc.example.com/%c3%a9",
            "https://cc.example.com/%C3%A9,              https://cc.example.com/é",
            "https://cc.example.com/a?q=%20,             https://cc.example.com/a?q=+",
            "https://cc.example.com/a,                   https://cc.example.com/a/",
            "https://u:p@cc.example.com/a,               https://cc.example.com/a"
        })
        void a_signature_of_another_form_of_the_url_is_rejected(String signed, String received) {
            String signature = SigningReference.sign(TOKEN, signed, parameters);

            assertThat(verifier.acceptsForm(received, form, signature)).isFalse();
        }
    }

    @Nested
    class WhileATokenIsBeingReplaced {

        private final SignatureVerifier rotating =
                new SignatureVerifier(List.of("new token", "old tøken \uD83D\uDE00"));

        @ParameterizedTest
        @ValueSource(strings = {"new token", "old tøken \uD83D\uDE00"})
        void a_signature_by_either_token_is_accepted(String token) {
            String signature = SigningReference.sign(token, URL, List.of(List.of("A", "1")));

            assertThat(rotating.acceptsForm(URL, form("A=1"), signature)).isTrue();
            assertThat(rotating.acceptsForm("https://mycompany.com:443/myapp.php?foo=1&bar=2", form("A=1"), signature))
                    .isTrue();
            assertThat(rotating.acceptsForm(URL, form("A=2"), signature)).isFalse();
        }

        @Test
        void a_signature_by_a_third_token_is_rejected() {
            assertThat(rotating.acceptsForm(URL, form(FORM), SIGNATURE)).isFalse();
        }

        @Test
        void a_verifier_ignores_later_changes_of_the_list() {
            List<String> tokens = new ArrayList<>(List.of(TOKEN));
            SignatureVerifier copied = new SignatureVerifier(tokens);
            tokens.set(0, "other");

            assertThat(copied.acceptsForm(URL, form(FORM), SIGNATURE)).isTrue();
        }
    }

    @Nested
    class Construction {

        @Test
        void a_verifier_needs_a_token() {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> new SignatureVerifier(List.of()))
                    .withMessage("At least one auth token is needed to verify signatures");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "\t\n"})
        void a_blank_token_is_rejected(String blank) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> new SignatureVerifier(List.of("secret-token", blank)))
                    .withMessage("An auth token is blank");
        }

        @Test
        void a_null_token_is_rejected() {
            assertThatNullPointerException()
                    .isThrownBy(() -> new SignatureVerifier(Arrays.asList("secret-token", null)));
        }

        @Test
        void toString_omits_the_tokens() {
            assertThat(new SignatureVerifier(List.of("secret-token", "other-secret")))
                    .hasToString("SignatureVerifier[2 auth tokens]");
        }
    }

    @Nested
    class Json {

        private static final String HASH = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
        private static final byte[] BODY = "{\"property\": \"value\", \"boolean\": true}".getBytes(UTF_8);

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://cc.example.com/events?bodySHA256=" + HASH,
                    "https://cc.example.com/events?a=b&bodySHA256=" + HASH + "&c=d",
                    "https://cc.example.com/events?bodySHA256=00&bodySHA256=" + HASH,
                    "https://cc.example.com/events?bodySHA256="
                            + "0A1FF7634D9AB3B95DB5C9A2DFE9416E41502B283A80C7CF19632632F96E6620"
                })
        void json_is_accepted_if_the_signed_url_has_the_hash_of_the_body(String url) {
            assertThat(acceptsJson(url, BODY, BODY.length, signed(url))).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://cc.example.com/events",
                    "https://cc.example.com/events?bodySHA256",
                    "https://cc.example.com/events?bodySHA256=",
                    "https://cc.example.com/events?bodySHA256=00",
                    "https://cc.example.com/events?bodySHA256=" + HASH + "0",
                    "https://cc.example.com/events?bodysha256=" + HASH,
                    "https://cc.example.com/events?bodySHA256="
                            + "1a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620",
                    "https://cc.example.com/events?bodySHA256=" + HASH + "&bodySHA256=00"
                })
        void json_is_rejected_if_the_signed_url_lacks_the_hash_of_the_body(String url) {
            assertThat(acceptsJson(url, BODY, BODY.length, signed(url))).isFalse();
        }

        @Test
        void json_is_rejected_if_the_hash_is_in_the_fragment() {
            String url = "https://cc.example.com/events";

            assertThat(acceptsJson(url + "#?bodySHA256=" + HASH, BODY, BODY.length, signed(url)))
                    .isFalse();
        }

        @Test
        void json_is_rejected_if_the_url_is_not_signed() {
            String url = "https://cc.example.com/events?bodySHA256=" + HASH;

            assertThat(acceptsJson(url, BODY, BODY.length, "")).isFalse();
            assertThat(acceptsJson(url + "&x=y", BODY, BODY.length, signed(url)))
                    .isFalse();
        }

        @Test
        void json_is_rejected_if_the_body_was_changed() {
            String url = "https://cc.example.com/events?bodySHA256=" + HASH;
            byte[] changed = BODY.clone();
            changed[changed.length - 1] = ']';

            assertThat(acceptsJson(url, changed, changed.length, signed(url))).isFalse();
            assertThat(acceptsJson(url, BODY, BODY.length - 1, signed(url))).isFalse();
        }

        @Test
        void bytes_beyond_the_given_length_are_ignored() {
            String url = "https://cc.example.com/events?bodySHA256=" + HASH;
            byte[] reused = Arrays.copyOf(BODY, BODY.length + 100);

            assertThat(acceptsJson(url, reused, BODY.length, signed(url))).isTrue();
        }

        private static String signed(String url) {
            return SigningReference.sign(TOKEN, url, List.of());
        }
    }

    /** Leaves out repeated names and escaped URLs, which Twilio's own library does not handle correctly. */
    @Nested
    class BesideTwiliosOwnValidator {

        private static final List<String> HOSTS = List.of("cc.example.com", "u:p@cc.example.com", "[2001:db8::1]");
        private static final List<String> PATHS =
                List.of("", "/", "/hooks/taskrouter", "/a%20b/%C3%A9", "/a?x=1&y=2", "/a?q=%2B%26+x&empty=");

        private final RequestValidator twilio = new RequestValidator(TOKEN);
        private final Random random = new Random(12_345);

        @Test
        void twilios_validator_agrees_on_random_forms() {
            for (int round = 0; round < 1_000; round++) {
                Map<String, String> parameters = distinctNames();
                List<List<String>> pairs = pairs(parameters);
                String url = url("");
                String body = RandomForms.encode(pairs, random);
                String signature = SigningReference.sign(TOKEN, url, pairs);

                assertThat(twilio.validate(url, parameters, signature)).as(url).isTrue();
                assertThat(verifier.acceptsForm(url, form(body), signature))
                        .as("%s with %s", url, body)
                        .isTrue();
            }
        }

        @Test
        void twilios_validator_agrees_on_forms_signed_for_the_other_port() {
            for (int round = 0; round < 500; round++) {
                Map<String, String> parameters = distinctNames();
                List<List<String>> pairs = pairs(parameters);
                String path = "/hooks/" + random.nextInt(100) + "?n=" + random.nextInt(100);
                String without = "https://" + pick(HOSTS) + path;
                String with = without.replace(path, ":443" + path);
                boolean removed = random.nextBoolean();
                String received = removed ? with : without;
                String signature = SigningReference.sign(TOKEN, removed ? without : with, pairs);

                assertThat(twilio.validate(received, parameters, signature))
                        .as(received)
                        .isTrue();
                assertThat(verifier.acceptsForm(received, form(RandomForms.encode(pairs, random)), signature))
                        .as(received)
                        .isTrue();
            }
        }

        @Test
        void twilios_validator_agrees_on_changed_forms() {
            for (int round = 0; round < 500; round++) {
                Map<String, String> parameters = distinctNames();
                String url = url("");
                String signature = SigningReference.sign(TOKEN, url, pairs(parameters));
                parameters.merge(pick(RandomForms.ASCII_NAMES), "changed", String::concat);

                assertThat(twilio.validate(url, parameters, signature)).isFalse();
                assertThat(verifier.acceptsForm(url, form(RandomForms.encode(pairs(parameters), random)), signature))
                        .isFalse();
            }
        }

        @Test
        void twilios_validator_agrees_on_json() throws URISyntaxException {
            for (int round = 0; round < 500; round++) {
                String body = RandomForms.text(random);
                boolean changed = random.nextInt(4) == 0;
                String url = url("bodySHA256=" + sha256(changed ? body + "x" : body));
                String signature = SigningReference.sign(TOKEN, url, List.of());
                byte[] bytes = body.getBytes(UTF_8);

                assertThat(twilio.validate(url, body, signature)).as(url).isEqualTo(!changed);
                assertThat(acceptsJson(url, bytes, bytes.length, signature))
                        .as(url)
                        .isEqualTo(!changed);
            }
        }

        private Map<String, String> distinctNames() {
            Map<String, String> parameters = new TreeMap<>();
            RandomForms.parameters(random, RandomForms.ASCII_NAMES)
                    .forEach(pair -> parameters.put(pair.get(0), pair.get(1)));
            return parameters;
        }

        private String url(String query) {
            String url =
                    pick(List.of("http", "https")) + "://" + pick(HOSTS) + pick(List.of("", "", ":8443")) + pick(PATHS);
            if (query.isEmpty()) {
                return url;
            }
            return url + (url.contains("?") ? "&" : "?") + query;
        }

        private <T> T pick(List<T> choices) {
            return choices.get(random.nextInt(choices.size()));
        }

        private static List<List<String>> pairs(Map<String, String> parameters) {
            return parameters.entrySet().stream()
                    .map(parameter -> List.of(parameter.getKey(), parameter.getValue()))
                    .toList();
        }
    }

    @Nested
    class RepeatedNames {

        @Test
        void repeated_names_are_signed_with_each_distinct_value_in_order() {
            String signature = SigningReference.sign(
                    TOKEN, URL, List.of(List.of("b", "2"), List.of("b", "1"), List.of("b", "2"), List.of("a", "x")));

            assertThat(verifier.acceptsForm(URL, form("b=2&a=x&b=1"), signature))
                    .isTrue();
            assertThat(verifier.acceptsForm(URL, form("b=1&b=1&b=2&a=x&a=x"), signature))
                    .isTrue();
            assertThat(verifier.acceptsForm(URL, form("b=2&a=x"), signature)).isFalse();
        }

        @Test
        void repeated_names_are_signed_like_by_a_reference() {
            Random random = new Random(3);
            for (int round = 0; round < 1_000; round++) {
                List<List<String>> pairs = RandomForms.parameters(random, RandomForms.ANY_NAMES);
                String body = RandomForms.encode(pairs, random);

                assertThat(verifier.acceptsForm(URL, form(body), SigningReference.sign(TOKEN, URL, pairs)))
                        .as(body)
                        .isTrue();
            }
        }
    }

    private static FormBody form(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        try {
            return FormBody.decode(bytes, bytes.length);
        } catch (UndecodableBodyException e) {
            throw new AssertionError(e.reason(), e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private boolean acceptsJson(String url, byte[] body, int length, String signature) {
        return verifier.acceptsUrl(SignedUrl.signedTexts(url), signature)
                && SignatureVerifier.hasHashOf(url, body, length);
    }
}
