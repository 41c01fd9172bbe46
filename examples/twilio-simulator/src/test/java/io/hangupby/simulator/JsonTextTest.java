package io.hangupby.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {

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
    void setsOnlyTheValueAtThePath(String text, String expected) {
        assertThat(JsonText.set(text.replace('\'', '"'), "1", "a", "b")).isEqualTo(expected.replace('\'', '"'));
    }

    @Test
    void refusesToLookForAMemberInSomethingElse() {
        assertThatThrownBy(() -> JsonText.set("{\"a\":\"text\"}", "1", "a", "b"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsATextAndNothingElse() {
        assertThat(JsonText.readText("{\"a\":{\"b\":\"v\"}}", "a", "b")).contains("v");
        assertThat(JsonText.readText("{\"a\":{\"b\":7}}", "a", "b")).isEmpty();
        assertThat(JsonText.readText("{\"a\":null}", "a", "b")).isEmpty();
        assertThat(JsonText.readText("no json", "a", "b")).isEmpty();
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
    void takesAMemberOutWithItsComma(String text, String name, String expected) {
        assertThat(JsonText.remove(text, name)).isEqualTo(expected);
    }

    @Test
    void takesANestedMemberOut() {
        assertThat(JsonText.remove("{\"a\":{\"b\":1.10,\"c\":2},\"d\":1e2}", "a", "c"))
                .isEqualTo("{\"a\":{\"b\":1.10},\"d\":1e2}");
    }
}
