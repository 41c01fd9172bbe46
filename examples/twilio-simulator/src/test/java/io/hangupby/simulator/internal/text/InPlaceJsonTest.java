package io.hangupby.simulator.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InPlaceJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                  | {'a':{'b':1}}",
                "{ }                                 | {'a':{'b':1} }",
                "{'x':1.10 , 'y':[{'a':-0.0}]}       | {'x':1.10 , 'y':[{'a':-0.0}],'a':{'b':1}}",
                "{'a':null,'z':1e2}                  | {'a':{'b':1},'z':1e2}",
                "{'a':{'b':'old','c':2}}             | {'a':{'b':1,'c':2}}",
                "{ 'a' : { 'c' : '}\\\"{' } }        | { 'a' : { 'c' : '}\\\"{','b':1 } }",
                "{'a':{'b':1,'b':2}}                 | {'a':{'b':1,'b':1}}",
            })
    void only_the_value_at_the_path_changes(String text, String expected) {
        assertThat(InPlaceJson.set(text.replace('\'', '"'), "1", "a", "b")).isEqualTo(expected.replace('\'', '"'));
    }

    @Test
    void a_member_of_a_value_that_is_not_an_object_is_rejected() {
        assertThatThrownBy(() -> InPlaceJson.set("{\"a\":\"text\"}", "1", "a", "b"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void only_a_string_is_read() {
        assertThat(InPlaceJson.readText("{\"a\":{\"b\":\"v\"}}", "a", "b")).contains("v");
        assertThat(InPlaceJson.readText("{\"a\":{\"b\":7}}", "a", "b")).isEmpty();
        assertThat(InPlaceJson.readText("{\"a\":null}", "a", "b")).isEmpty();
        assertThat(InPlaceJson.readText("no json", "a", "b")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            { "a":1, "b":2 }      | a | { "b":2 }
            {"a":1 ,"b":2}        | b | {"a":1}
            {"a":1, "b":2, "c":3} | b | {"a":1, "c":3}
            {"b":{"x":[1]}}       | b | {}
            {"a":1}               | b | {"a":1}
            [1]                   | b | [1]
            """)
    void a_member_is_removed_with_its_comma(String text, String name, String expected) {
        assertThat(InPlaceJson.remove(text, name)).isEqualTo(expected);
    }

    @Test
    void a_nested_member_is_removed() {
        assertThat(InPlaceJson.remove("{\"a\":{\"b\":1.10,\"c\":2},\"d\":1e2}", "a", "c"))
                .isEqualTo("{\"a\":{\"b\":1.10},\"d\":1e2}");
    }
}
