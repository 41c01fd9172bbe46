package io.hangupby.internal.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskAttributesTest {

    private static final String[] HANG_UP_BY = {"conversations", "hang_up_by"};

    private static final String CALL = """
            {"call_sid":"CA1","direction":"inbound","client_call":true,
             "conference":{"sid":"CF1","participants":{"worker":"CA2","customer":"CA1"}},
             "conversations":{"hang_up_by":"agent"},
             "hangupby":{"agent_hangup":{"reservation":"WR1","at":1790000000000}}}
            """;

    private static EditResult set(String text) {
        return TaskAttributes.of(text).set("customer", HANG_UP_BY);
    }

    private static String edited(EditResult edit) {
        return edit.match(
                done -> done.attributes().text(),
                same -> "unexpectedly unchanged",
                refused -> "unexpectedly refused: " + refused.reason());
    }

    private static String reason(EditResult edit) {
        return edit.match(done -> "unexpectedly edited", same -> "unexpectedly unchanged", refused -> refused.reason());
    }

    @Nested
    class WhenReading {

        @ParameterizedTest
        @CsvSource({
            "call_sid, CA1",
            "direction, inbound",
            "conference.sid, CF1",
            "conference.participants.customer, CA1",
            "conversations.hang_up_by, agent",
            "hangupby.agent_hangup.reservation, WR1"
        })
        void finds_a_string_by_its_path(String path, String value) {
            assertThat(TaskAttributes.of(CALL).string(path.split("\\."))).contains(value);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "absent",
                    "call_sid.deeper",
                    "conference",
                    "conference.absent",
                    "conference.sid.deeper",
                    "client_call",
                    "hangupby.agent_hangup.at"
                })
        void finds_no_string_where_there_is_none(String path) {
            assertThat(TaskAttributes.of(CALL).string(path.split("\\."))).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"a\":\"1\",\"a\":\"2\"} | 2",
                    "{\"a\":1,\"a\":\"2\"} | 2",
                    "{\"a\":\"1\",\"\\u0061\":\"2\"} | 2",
                    "{\"\\u0061\":\"1\"} | 1",
                    "{\"a\":\"caf\\u00e9 \\/ \\\"x\\\"\"} | café / \"x\"",
                    "{\"a\":\"日本\"} | 日本",
                    "{\"a\":\"\"} | ''"
                })
        void decodes_keys_and_strings_and_takes_the_last_of_equal_keys(String text, String value) {
            assertThat(TaskAttributes.of(text).string("a")).contains(value);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"a\":{\"b\":\"1\"},\"a\":{}}",
                    "{\"a\":{\"b\":\"1\"},\"a\":null}",
                    "{\"a\":{\"b\":\"1\"},\"a\":7}",
                    "{\"a\":{\"b\":\"1\",\"b\":2}}"
                })
        void ignores_an_earlier_duplicate_key(String text) {
            assertThat(TaskAttributes.of(text).string("a", "b")).isEmpty();
        }

        @Test
        void reads_booleans_and_only_those() {
            TaskAttributes attributes = TaskAttributes.of("{\"t\":true,\"f\":false,\"s\":\"true\",\"n\":1}");

            assertThat(attributes.bool("t")).contains(true);
            assertThat(attributes.bool("f")).contains(false);
            assertThat(attributes.bool("s")).isEmpty();
            assertThat(attributes.bool("n")).isEmpty();
            assertThat(attributes.bool("absent")).isEmpty();
            assertThat(attributes.string("t")).isEmpty();
        }

        @Test
        void reads_a_lone_surrogate_unchanged() {
            assertThat(TaskAttributes.of("{\"a\":\"\\ud83d\"}").string("a")).contains("\ud83d");
        }

        @Test
        void finds_its_way_in_a_text_longer_than_any_buffer() {
            String text = "{\"filler\":\"" + "x".repeat(200_000) + "\",\"a\":{\"b\":\"c\"}}";

            assertThat(TaskAttributes.of(text).string("a", "b")).contains("c");
        }

        @ParameterizedTest
        @MethodSource("io.hangupby.internal.attributes.TaskAttributesTest#unreadable")
        void finds_nothing_in_a_text_that_is_no_json_object(String text, String ignoredReason) {
            assertThat(TaskAttributes.of(text).string("a")).isEmpty();
            assertThat(TaskAttributes.of(text).bool("a")).isEmpty();
        }
    }

    @Nested
    class WhenTheValueExists {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"conversations\":{\"hang_up_by\":\"customer\"}}",
                    "{\"conversations\":{\"hang_up_by\":\"\\u0063ustomer\"}}",
                    "{\"conver\\u0073ations\":{\"hang_up_by\":\"customer\"}}",
                    "{\"conversations\":{\"hang_up_by\":\"agent\",\"hang_up_by\":\"customer\"}}",
                    "{\"conversations\":7,\"conversations\":{\"hang_up_by\":\"customer\"}}"
                })
        void leaves_an_equal_string_alone_however_it_is_written(String text) {
            assertThat(set(text)).isEqualTo(new EditResult.Unchanged());
        }

        @Test
        void leaves_an_equal_string_alone_in_a_text_that_is_too_long_already() {
            String text =
                    "{\"filler\":\"" + "x".repeat(100_000) + "\",\"conversations\":{\"hang_up_by\":\"customer\"}}";

            assertThat(set(text)).isEqualTo(new EditResult.Unchanged());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"agent\"",
                    "\"\"",
                    "\"Customer\"",
                    "\"a\\\"}{\\\\\"",
                    "\"\\ud83d\"",
                    "7",
                    "-0.0",
                    "1e2",
                    "123456789012345678901234567890",
                    "null",
                    "true",
                    "false",
                    "{}",
                    "{\"hang_up_by\":\"customer\"}",
                    "[1, {\"a\":[]}]"
                })
        void replaces_any_other_value_by_itself(String token) {
            String before = "{ \"conversations\" :\t{\"a\":1.10, \"hang_up_by\" :\n ";
            String after = " ,\"z\" : 1e2 }\r\n, \"last\":[ ] } ";

            assertThat(edited(set(before + token + after))).isEqualTo(before + "\"customer\"" + after);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{'k':{'v':'a','v':'b'}} | {'k':{'v':'a','v':'x'}}",
                    "{'k':{'v':'a'},'k':{'v':'b'}} | {'k':{'v':'a'},'k':{'v':'x'}}",
                    "{'k':{'v':'a'},'k':{}} | {'k':{'v':'a'},'k':{'v':'x'}}",
                    "{'k':{'v':'a'},'k':null} | {'k':{'v':'a'},'k':{'v':'x'}}",
                    "{'k':[],'k':{'v':'b'},'z':0} | {'k':[],'k':{'v':'x'},'z':0}",
                    "{'k':{'v':'a'},'\\u006b':{'v':'b'}} | {'k':{'v':'a'},'\\u006b':{'v':'x'}}",
                    "{'k':{'\\u0076':'a'}} | {'k':{'\\u0076':'x'}}"
                })
        void means_the_last_of_equal_keys(String text, String expected) {
            TaskAttributes attributes = TaskAttributes.of(text.replace('\'', '"'));

            assertThat(edited(attributes.set("x", "k", "v"))).isEqualTo(expected.replace('\'', '"'));
        }
    }

    @Nested
    class WhenTheValueIsMissing {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                ignoreLeadingAndTrailingWhitespace = false,
                value = {
                    "{}|{'k':{'v':'x'}}",
                    " { } | {'k':{'v':'x'} } ",
                    "{'a':1}|{'a':1,'k':{'v':'x'}}",
                    "{ 'a' : 1 }|{ 'a' : 1,'k':{'v':'x'} }",
                    "{'a':'b'\t}|{'a':'b','k':{'v':'x'}\t}",
                    "{'a':[1] }|{'a':[1],'k':{'v':'x'} }",
                    "{'a':{} }|{'a':{},'k':{'v':'x'} }",
                    "{'a':null }|{'a':null,'k':{'v':'x'} }",
                    "{'k':{}}|{'k':{'v':'x'}}",
                    "{'k':{ }}|{'k':{'v':'x' }}",
                    "{'k':{'a':1.10 }, 'z':-0.0}|{'k':{'a':1.10,'v':'x' }, 'z':-0.0}",
                    "{'k': null , 'z':0}|{'k': {'v':'x'} , 'z':0}",
                    "{'v':'x'}|{'v':'x','k':{'v':'x'}}"
                })
        void adds_it_behind_the_last_member_with_the_objects_that_lead_to_it(String text, String expected) {
            TaskAttributes attributes = TaskAttributes.of(text.replace('\'', '"'));

            assertThat(edited(attributes.set("x", "k", "v"))).isEqualTo(expected.replace('\'', '"'));
        }

        @Test
        void adds_every_object_that_is_missing_on_a_long_path() {
            assertThat(edited(TaskAttributes.of("{\"a\":null}").set("x", "a", "b", "c", "d")))
                    .isEqualTo("{\"a\":{\"b\":{\"c\":{\"d\":\"x\"}}}}");
        }

        @Test
        void adds_a_member_at_the_top() {
            assertThat(edited(TaskAttributes.of("{\"a\":1}").set("x", "b"))).isEqualTo("{\"a\":1,\"b\":\"x\"}");
        }
    }

    @Nested
    class WhenTheTextHasOddities {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "9007199254740993",
                    "-9223372036854775809",
                    "1.10",
                    "1e2",
                    "1E+02",
                    "-0",
                    "-0.0",
                    "1e99999",
                    "\"\\u00e9\"",
                    "\"\\u00E9\"",
                    "\"\\/\"",
                    "\"/\"",
                    "\"é 日本 😀\"",
                    "\"\\ud83d\"",
                    "\"\\ude00\\ud83d\"",
                    "\"\\u2028\"",
                    "\"\u007f\"",
                    "null",
                    "[ null , 1.0 ]",
                    "{\"z\":1,\"a\":2,\"z\":3}"
                })
        void keeps_every_token_at_any_position(String oddity) {
            String text = "{\"a\":%s,\"conversations\":{\"b\": %s,\"hang_up_by\":\"agent\" , \"c\":%s} ,\"d\":%s }"
                    .replace("%s", oddity);

            assertThat(edited(set(text))).isEqualTo(text.replace("\"agent\"", "\"customer\""));
        }

        @Test
        void takes_numbers_and_keys_of_any_length() {
            String digits = "1".repeat(1500);
            String text = "{\"" + "k".repeat(1500) + "\":" + digits + "}";

            assertThat(edited(TaskAttributes.of(text).set("x", "a"))).isEqualTo(text.replace("}", ",\"a\":\"x\"}"));
        }

        @Test
        void takes_deep_nesting_up_to_a_bound() {
            String deep = "{\"a\":" + "[".repeat(999) + "]".repeat(999) + "}";

            assertThat(edited(TaskAttributes.of(deep).set("x", "b"))).endsWith("]],\"b\":\"x\"}");
        }

        @Test
        void follows_a_path_of_many_keys_and_stops_at_the_bound() {
            String[] path = Stream.generate(() -> "a").limit(2000).toArray(String[]::new);

            assertThat(TaskAttributes.of("{\"a\":".repeat(2000) + "\"x\"" + "}".repeat(2000))
                            .string(path))
                    .isEmpty();
        }
    }

    @Nested
    class WhenWritingAString {

        @ParameterizedTest
        @MethodSource("io.hangupby.internal.attributes.TaskAttributesTest#escapes")
        void escapes_what_json_wants_escaped(String value, String token) {
            TaskAttributes attributes = TaskAttributes.of("{}");

            EditResult edit = attributes.set(value, "a");

            assertThat(edited(edit)).isEqualTo("{\"a\":" + token + "}");
            assertThat(TaskAttributes.of(edited(edit)).string("a")).contains(value);
        }

        @ParameterizedTest
        @MethodSource("io.hangupby.internal.attributes.TaskAttributesTest#escapes")
        void escapes_keys_alike(String key, String token) {
            EditResult edit = TaskAttributes.of("{}").set("x", key, key);

            assertThat(edited(edit)).isEqualTo("{" + token + ":{" + token + ":\"x\"}}");
        }
    }

    @Nested
    class WhenTakingAValueOff {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{'c':{'h':'x','b':1}} | {'c':{'b':1}}",
                    "{'c':{'a':1,'h':'x','b':1}} | {'c':{'a':1,'b':1}}",
                    "{'c':{'a':1,'h':'x'}} | {'c':{'a':1}}",
                    "{'c':{'h':'x'}} | {'c':{}}",
                    "{'c':{'h':true}} | {'c':{}}",
                    "{'c':{'h':1.10,'n':-0.0}} | {'c':{'n':-0.0}}",
                    "{'c':{'h':null,'n':1e2}} | {'c':{'n':1e2}}",
                    "{'c':{'a':9007199254740993,'h':[1,{'h':2}]}} | {'c':{'a':9007199254740993}}",
                    "{'c':{'h':{'h':1}},'h':'y'} | {'c':{},'h':'y'}",
                    "{'c':{'a':',','h':'x,}','b':','}} | {'c':{'a':',','b':','}}",
                    "{ 'c' : { 'a' : 1 , 'h' : 'x' , 'b' : 2 } } | { 'c' : { 'a' : 1  , 'b' : 2 } }",
                    "{'c':{ 'h' : 'x' , 'b':2}} | {'c':{  'b':2}}",
                    "{'c':{ 'h' : 'x' }} | {'c':{  }}",
                    "{'c':{'h':'x','h':'y'}} | {'c':{'h':'x'}}",
                    "{'c':{'h':'x','a':1,'h':'y'}} | {'c':{'h':'x','a':1}}",
                    "{'c':{'h':'x'},'c':{'h':'y'}} | {'c':{'h':'x'},'c':{}}"
                })
        void removes_only_the_member_and_one_comma(String text, String without) {
            assertThat(edited(TaskAttributes.of(json(text)).remove("c", "h"))).isEqualTo(json(without));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{'h':'x'}",
                    "{'c':{}}",
                    "{'c':{'H':'x'}}",
                    "{'c':null}",
                    "{'c':'text'}",
                    "{'c':[{'h':'x'}]}",
                    "{'c':{'h':'x'},'c':{}}"
                })
        void leaves_everything_where_there_is_none(String text) {
            assertThat(TaskAttributes.of(json(text)).remove("c", "h")).isEqualTo(new EditResult.Unchanged());
        }

        @Test
        void takes_lines_and_tabs_for_spaces() {
            String text = json("{'c':{\n\t'a':1,\r\n\t'h':'x'\n}}");

            assertThat(edited(TaskAttributes.of(text).remove("c", "h"))).isEqualTo(json("{'c':{\n\t'a':1\n}}"));
        }

        @Test
        void takes_off_a_member_at_the_top() {
            assertThat(edited(TaskAttributes.of(json("{'h':'x','a':1}")).remove("h")))
                    .isEqualTo(json("{'a':1}"));
        }

        @Test
        void finds_a_key_that_is_spelt_with_escapes() {
            assertThat(edited(TaskAttributes.of(json("{'c':{'\\u0068':'x','a':1}}"))
                            .remove("c", "h")))
                    .isEqualTo(json("{'c':{'a':1}}"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "[]", "null", "{", "{'c':{'h':'x'}", "{'c':{'h':'x'}} {}"})
        void refuses_a_text_that_is_no_object(String text) {
            assertThat(reason(TaskAttributes.of(json(text)).remove("c", "h"))).doesNotStartWith("unexpectedly");
        }

        @Test
        void needs_a_path() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TaskAttributes.of("{}").remove());
        }

        private static String json(String text) {
            return text.replace('\'', '"');
        }
    }

    @Nested
    class WhenTheWriteWouldDoDamage {

        @ParameterizedTest
        @CsvSource({"'\"s3cret\"', a string", "7, a number", "true, a boolean", "[{}], an array"})
        void refuses_a_parent_that_is_no_object_and_names_it(String token, String kind) {
            assertThat(reason(set("{\"conversations\":" + token + "}")))
                    .isEqualTo("`conversations` in the task's attributes is " + kind
                            + ", so `conversations.hang_up_by` cannot be written into it. Make `conversations` an"
                            + " object, or remove it, where the attributes are set.");
        }

        @Test
        void names_the_whole_path_of_an_inner_parent() {
            assertThat(reason(TaskAttributes.of("{\"a\":{\"b\":1}}").set("x", "a", "b", "c")))
                    .startsWith("`a.b` in the task's attributes is a number, so `a.b.c` cannot be written");
        }

        @ParameterizedTest
        @MethodSource("io.hangupby.internal.attributes.TaskAttributesTest#unreadable")
        void refuses_a_text_that_is_no_json_object(String text, String reason) {
            assertThat(reason(set(text))).startsWith("The task's attributes " + reason);
        }

        @Test
        void shows_nothing_of_the_text_that_it_refuses() {
            assertThat(Stream.of("{\"s3cret\":s3cret}", "\"s3cret\"", "{\"conversations\":\"s3cret\"}", "{} s3cret")
                            .map(text -> reason(set(text))))
                    .noneMatch(reason -> reason.contains("s3cret"));
        }
    }

    @Nested
    class WhenTheTextGetsLong {

        private static final String ADDED = ",\"conversations\":{\"hang_up_by\":\"customer\"}";

        @Test
        void fills_the_limit_to_the_last_character() {
            String text = ofLength(TaskAttributes.MAX_LENGTH - ADDED.length());

            assertThat(edited(set(text))).hasSize(4096);
        }

        @Test
        void refuses_to_go_beyond_it_by_one() {
            String text = ofLength(TaskAttributes.MAX_LENGTH - ADDED.length() + 1);

            assertThat(reason(set(text)))
                    .isEqualTo(
                            "With `conversations.hang_up_by` the task's attributes would be 4097 characters long, and"
                                    + " Twilio takes 4096 at most. Make other attributes shorter by 1 or more.");
        }

        @Test
        void counts_white_space() {
            assertThat(reason(set(" ".repeat(4096) + "{}"))).contains("Twilio takes 4096 at most");
        }

        @Test
        void takes_an_edit_that_brings_a_long_text_back_below_the_limit() {
            String text = "{\"conversations\":{\"hang_up_by\":\"" + "x".repeat(5000) + "\"}}";

            assertThat(edited(set(text))).isEqualTo("{\"conversations\":{\"hang_up_by\":\"customer\"}}");
        }

        private static String ofLength(int length) {
            String frame = "{\"a\":\"\"}";
            return "{\"a\":\"" + "x".repeat(length - frame.length()) + "\"}";
        }
    }

    @Nested
    class AsAValue {

        @Test
        void keeps_its_text() {
            assertThat(TaskAttributes.of(CALL).text()).isEqualTo(CALL);
        }

        @Test
        void leaves_the_attributes_that_were_edited_as_they_were() {
            TaskAttributes attributes = TaskAttributes.of(CALL);

            attributes.set("customer", HANG_UP_BY);

            assertThat(attributes.text()).isEqualTo(CALL);
        }

        @Test
        void is_equal_to_another_of_the_same_text() {
            assertThat(TaskAttributes.of("{}"))
                    .isEqualTo(TaskAttributes.of("{}"))
                    .hasSameHashCodeAs(TaskAttributes.of("{}"))
                    .isNotEqualTo(TaskAttributes.of("{ }"));
        }

        @Test
        void to_string_shows_the_length_only() {
            assertThat(TaskAttributes.of("{\"from\":\"+1555\"}")).hasToString("TaskAttributes[16 characters]");
            assertThat(set("{}").toString()).isEqualTo("Edited[attributes=TaskAttributes[43 characters]]");
        }

        @Test
        void wants_at_least_one_key() {
            TaskAttributes attributes = TaskAttributes.of("{}");

            assertThatIllegalArgumentException().isThrownBy(() -> attributes.string());
            assertThatIllegalArgumentException().isThrownBy(() -> attributes.bool());
            assertThatIllegalArgumentException().isThrownBy(() -> attributes.set("x"));
        }
    }

    static List<Arguments> unreadable() {
        return List.of(
                arguments("", "are empty"),
                arguments(" \n", "are empty"),
                arguments("null", "are null"),
                arguments("[]", "are an array"),
                arguments("[{\"a\":\"b\"}]", "are an array"),
                arguments("\"{}\"", "are a string"),
                arguments("7", "are a number"),
                arguments("true", "are a boolean"),
                arguments("\uFEFF{}", "begin with a byte order mark"),
                arguments("{} x", "are not valid JSON"),
                arguments("{}}", "are not valid JSON"),
                arguments("{\"a\":\"b\"} {}", "continue after the end of the JSON value, at character 10"),
                arguments("{} 1", "continue after the end"),
                arguments("{", "are not valid JSON near character 1 of 1"),
                arguments("{\"a\"", "are not valid JSON"),
                arguments("{\"a\":", "are not valid JSON"),
                arguments("{\"a\":\"b", "are not valid JSON"),
                arguments("{\"a\":\"b\"", "are not valid JSON"),
                arguments("{\"a\":\"b\",", "are not valid JSON"),
                arguments("{\"a\":\"b\",}", "are not valid JSON"),
                arguments("{\"a\":\"b\" \"c\":1}", "are not valid JSON"),
                arguments("{\"a\":\"b\",\"c\":01}", "are not valid JSON"),
                arguments("{\"a\":\"b\",\"c\":1.}", "are not valid JSON"),
                arguments("{\"a\":\"b\",\"c\":+1}", "are not valid JSON"),
                arguments("{\"a\":\"b\",\"c\":NaN}", "are not valid JSON"),
                arguments("{\"a\":\"b\",\"c\":\"\\x\"}", "are not valid JSON"),
                arguments("{\"a\":\"b\",\"c\":\"\\u12\"}", "are not valid JSON"),
                arguments("{\"a\":\"b\",\"c\":\"\t\"}", "are not valid JSON"),
                arguments("{\"a\":\"b\",c:1}", "are not valid JSON"),
                arguments("{'a':'b'}", "are not valid JSON"),
                arguments("{\"a\":\"b\"/**/}", "are not valid JSON"),
                arguments("{\"a\":\"b\",\"c\":[1,2}", "are not valid JSON"),
                // A string may hold half a surrogate pair, but Jackson takes none in a key, and then neither do we.
                arguments("{\"\\ud83d\":1}", "are not valid JSON"),
                arguments("\u00a0{}", "are not valid JSON"),
                arguments("\0", "are not valid JSON"),
                arguments("{\"a\":" + "[".repeat(100_000), "nest objects or arrays more than 1000 deep"),
                arguments("[".repeat(100_000), "nest objects or arrays more than 1000 deep"),
                arguments("{\"conversations\":".repeat(100_000), "nest objects or arrays more than 1000 deep"));
    }

    static List<Arguments> escapes() {
        return List.of(
                arguments("customer", "\"customer\""),
                arguments("", "\"\""),
                arguments("cold transfer", "\"cold transfer\""),
                arguments("a\"b\\c/d", "\"a\\\"b\\\\c/d\""),
                arguments("\n\t\r\b\f", "\"\\n\\t\\r\\b\\f\""),
                arguments("\0\u001f", "\"\\u0000\\u001F\""),
                arguments("é 日本 😀", "\"é 日本 😀\""),
                arguments("\ud83d", "\"\\ud83d\""),
                arguments("\ude00\ud83d", "\"\\ude00\\ud83d\""),
                arguments("$1\\1", "\"$1\\\\1\""));
    }
}
