package io.hangupby.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormBodyTest {

    @Nested
    class DecodingAValue {

        @ParameterizedTest(name = "{0} -> {1}")
        @CsvSource({
            "plain,                    plain",
            "two+words,                'two words'",
            "%2B1+555,                 '+1 555'",
            "%7b%22a%22%3A1%7D,        '{\"a\":1}'",
            "a=b==,                    'a=b=='",
            "a%26b%3Dc%25,             'a&b=c%'",
            "%C3%A9%c3%a9,             'éé'",
            "é,                        é",
            "%E6%9D%B1%E4%BA%AC,       東京",
            "%F0%9F%98%80,             \uD83D\uDE00",
            "'',                       ''"
        })
        void a_value_is_decoded(String encoded, String text) {
            assertThat(decode("Value=" + encoded).value("Value")).contains(text);
        }

        @Test
        void a_value_keeps_every_byte_that_is_not_an_escape() {
            assertThat(decode("Value=\r\n\t\0;?/%00").value("Value")).contains("\r\n\t\0;?/\0");
        }

        @ParameterizedTest(name = "after {0} others")
        @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17})
        void a_byte_is_decoded_alike_at_any_offset(int others) {
            for (char character = 0; character < 0x80; character++) {
                String value = "x".repeat(others) + character + "=0123456789";
                String encoded = value.replace("%", "%25").replace("&", "%26").replace("+", "%2B");

                assertThat(decode("Before=%20%20%20%20&Value=" + encoded).value("Value"))
                        .contains(value);
            }
        }
    }

    @Nested
    class DecodingABody {

        @Test
        void an_empty_body_has_no_parameters() {
            FormBody form = decode("");

            assertThat(form.count()).isZero();
            assertThat(form.value("")).isEmpty();
            assertThat(form.signedParameters()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"A=1&B=2", "&A=1&B=2", "A=1&&B=2", "A=1&B=2&", "&&A=1&&&B=2&&"})
        void empty_text_between_separators_is_ignored(String body) {
            FormBody form = decode(body);

            assertThat(form.count()).isEqualTo(2);
            assertThat(form.value("A")).contains("1");
            assertThat(form.value("B")).contains("2");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Flag", "Flag=", "A=1&Flag", "Flag&A=1", "A=1&Flag=&B=2"})
        void a_parameter_without_a_value_has_an_empty_value(String body) {
            assertThat(decode(body).value("Flag")).contains("");
        }

        @Test
        void an_empty_name_is_accepted() {
            assertThat(decode("=value").value("")).contains("value");
        }

        @Test
        void names_are_decoded() {
            assertThat(decode("Task%53id+%2b=WT1").value("TaskSid +")).contains("WT1");
        }

        @Test
        void bytes_beyond_the_given_length_are_ignored() {
            byte[] reused = "A=1&B=2&C=%zz".getBytes(UTF_8);

            FormBody form = decode(reused, "A=1&B=2".length());

            assertThat(form.count()).isEqualTo(2);
            assertThat(form.value("B")).contains("2");
        }

        @Test
        void a_form_ignores_later_changes_of_the_callers_array() {
            byte[] reused = "A=1".getBytes(UTF_8);
            FormBody form = decode(reused, reused.length);

            reused[2] = '9';

            assertThat(form.value("A")).contains("1");
        }

        @Test
        void a_length_beyond_the_array_is_rejected() {
            assertThatThrownBy(() -> FormBody.decode(new byte[3], 4)).isInstanceOf(IndexOutOfBoundsException.class);
        }

        @Test
        void a_thousand_parameters_are_accepted() {
            FormBody form = decode(numbered(1_000));

            assertThat(form.count()).isEqualTo(1_000);
            assertThat(form.value("P0")).contains("0");
            assertThat(form.value("P39")).contains("39");
            assertThat(form.value("P40")).contains("40");
            assertThat(form.value("P999")).contains("999");
        }
    }

    @Nested
    class AnUndecodableBody {

        @ParameterizedTest(name = "{0} -> {1}")
        @CsvSource({
            "Secret=%,          the body ends within the percent escape at byte 7",
            "Secret=%4,         the body ends within the percent escape at byte 7",
            "Secret%4,          the body ends within the percent escape at byte 6",
            "Secret=%zz,        the percent escape at byte 7 is not two hex digits",
            "Secret=%4g,        the percent escape at byte 7 is not two hex digits",
            "Secret=%g4,        the percent escape at byte 7 is not two hex digits",
            "Secret=%4&A=1,     the percent escape at byte 7 is not two hex digits",
            "Secret=%%41,       the percent escape at byte 7 is not two hex digits",
            "Secret=%+1,        the percent escape at byte 7 is not two hex digits",
            "Secret=%é,         the percent escape at byte 7 is not two hex digits",
            "Secret=%FF,        parameter 1 is not valid UTF-8",
            "Secret=%C3,        parameter 1 is not valid UTF-8",
            "A=1&Secret=%C0%AF, parameter 2 is not valid UTF-8",
            "A=1&Secret%80=1,   parameter 2 is not valid UTF-8",
            "Secret%C3=%A9,     parameter 1 is not valid UTF-8",
            "Secret=%ED%A0%80,  parameter 1 is not valid UTF-8"
        })
        void an_undecodable_body_is_rejected_with_a_reason_that_quotes_nothing(String body, String reason) {
            assertThatExceptionOfType(UndecodableBodyException.class)
                    .isThrownBy(() -> FormBody.decode(body.getBytes(UTF_8), body.getBytes(UTF_8).length))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                    .withMessageNotContaining("Secret")
                    .withNoCause();
        }

        @Test
        void more_than_a_thousand_parameters_are_rejected() {
            byte[] body = numbered(1_001).getBytes(UTF_8);

            assertThatExceptionOfType(UndecodableBodyException.class)
                    .isThrownBy(() -> FormBody.decode(body, body.length))
                    .withMessage("more than 1000 parameters");
        }

        @ParameterizedTest
        @CsvSource({
            "256, 65536, ''",
            "257, 0, the name of parameter 2 is longer than 256 bytes",
            "256, 65537, parameter 2 is longer than 64 KiB"
        })
        void a_long_name_or_value_is_rejected(int name, int value, String reason) {
            byte[] body = ("A=1&" + "n".repeat(name) + "=" + "%76".repeat(value)).getBytes(UTF_8);

            Optional<String> rejected = Optional.empty();
            try {
                FormBody.decode(body, body.length);
            } catch (UndecodableBodyException e) {
                rejected = Optional.of(e.reason());
            }
            assertThat(rejected.orElse("")).isEqualTo(reason);
        }

        @Test
        void raw_bytes_that_are_not_utf8_are_rejected() {
            byte[] latin1 = {'A', '=', (byte) 0xE9};

            assertThatExceptionOfType(UndecodableBodyException.class)
                    .isThrownBy(() -> FormBody.decode(latin1, latin1.length))
                    .withMessage("parameter 1 is not valid UTF-8");
        }

        @Test
        void an_escape_beyond_the_given_length_is_rejected() {
            byte[] body = "A=%41".getBytes(UTF_8);

            assertThatExceptionOfType(UndecodableBodyException.class)
                    .isThrownBy(() -> FormBody.decode(body, 4))
                    .withMessage("the body ends within the percent escape at byte 2");
        }

        @Test
        void a_rejected_body_costs_no_stack_trace() {
            assertThat(new UndecodableBodyException("reason").getStackTrace()).isEmpty();
        }
    }

    @Nested
    class AskingForAParameter {

        private final FormBody form =
                decode("EventType=task.wrapup&TaskSid=WT1&EventType=task.created&Empty=&TaskQueueName=Caf%C3%A9");

        @Test
        void a_repeated_parameter_has_its_first_value() {
            assertThat(form.value("EventType")).contains("task.wrapup");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "eventtype", "EventTyp", "EventTypes", "task.wrapup", "EventType=task.wrapup"})
        void another_name_is_not_found(String name) {
            assertThat(form.value(name)).isEmpty();
            assertThat(form.is(name, "task.wrapup")).isFalse();
        }

        @ParameterizedTest(name = "{0} is {1}: {2}")
        @CsvSource({
            "EventType,     task.wrapup,   true",
            "EventType,     task.wrapuP,   false",
            "EventType,     task.wrapu,    false",
            "EventType,     task.wrapups,  false",
            "EventType,     task.created,  false",
            "EventType,     '',            false",
            "Empty,         '',            true",
            "Absent,        '',            false",
            "TaskQueueName, Café,          false",
            "TaskQueueName, CafÃ©,         false"
        })
        void the_first_value_is_compared(String name, String expected, boolean same) {
            assertThat(form.is(name, expected)).isEqualTo(same);
        }

        @Test
        void toString_omits_the_content() {
            assertThat(form).hasToString("FormBody[5 parameters]");
        }
    }

    @Nested
    class TheSignedParameters {

        @ParameterizedTest(name = "{0} -> {1}")
        @CsvSource({
            "b=2&a=1,                 a1b2",
            "a=1&b=2,                 a1b2",
            "ab=1&a=2&abc=3,          a2ab1abc3",
            "a=1&A=2&_=3,             A2_3a1",
            "a=c&a=a&a=b,             aaabac",
            "a=1&b=2&a=1&b=2&a=1,     a1b2",
            "a=2&a=1&a=2,             a1a2",
            "a=12&a=1,                a1a12",
            "a=&b&a=,                 ab",
            "ab=c&a=bc,               abcabc",
            "TaskAgeB=1&TaskAge=2&TaskAgeBC=3, TaskAge2TaskAgeB1TaskAgeBC3",
            "TaskQueueEnteredB=1&TaskQueueSid=2&TaskQueueEnteredA=3, TaskQueueEnteredA3TaskQueueEnteredB1TaskQueueSid2",
            "é=1&z=2&東=3,             z2é1東3",
            "a=x%26y%3D%2B+,          'ax&y=+ '"
        })
        void signed_parameters_are_sorted_distinct_and_joined(String body, String signed) {
            assertThat(signedText(decode(body))).isEqualTo(signed);
        }

        @Test
        void signed_parameters_are_the_same_each_time() {
            FormBody form = decode("b=2&a=1");

            assertThat(form.signedParameters()).isEqualTo(form.signedParameters());
        }
    }

    @Nested
    class AgainstAReferenceMadeOfStrings {

        @Test
        void values_equal_those_of_a_reference() {
            Random random = new Random(1);
            for (int round = 0; round < 2_000; round++) {
                String body = RandomForms.encode(RandomForms.parameters(random, RandomForms.ASCII_NAMES), random);
                FormBody form = decode(body);
                Map<String, String> expected = new LinkedHashMap<>();
                reference(body).forEach(pair -> expected.putIfAbsent(pair.get(0), pair.get(1)));

                assertThat(form.count()).isEqualTo(reference(body).size());
                expected.forEach((name, value) ->
                        assertThat(form.value(name)).as("%s of %s", name, body).contains(value));
            }
        }

        @Test
        void the_signed_text_equals_that_of_a_reference() {
            Random random = new Random(2);
            for (int round = 0; round < 2_000; round++) {
                String body = RandomForms.encode(RandomForms.parameters(random, RandomForms.ANY_NAMES), random);

                assertThat(signedText(decode(body))).as(body).isEqualTo(SigningReference.signed(reference(body)));
            }
        }

        /** Pairs of a name and a value. */
        private static List<List<String>> reference(String body) {
            List<List<String>> pairs = new ArrayList<>();
            for (String pair : body.split("&", -1)) {
                if (!pair.isEmpty()) {
                    String[] parts = pair.split("=", 2);
                    String value = parts.length == 2 ? parts[1] : "";
                    pairs.add(List.of(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(value, UTF_8)));
                }
            }
            return pairs;
        }
    }

    private static FormBody decode(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return decode(bytes, bytes.length);
    }

    private static FormBody decode(byte[] body, int length) {
        try {
            return FormBody.decode(body, length);
        } catch (UndecodableBodyException e) {
            throw new AssertionError(e.reason(), e);
        }
    }

    private static String signedText(FormBody form) {
        return new String(form.signedParameters(), UTF_8);
    }

    private static String numbered(int parameters) {
        return IntStream.range(0, parameters).mapToObj(i -> "P" + i + "=" + i).collect(Collectors.joining("&"));
    }
}
