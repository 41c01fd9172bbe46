package io.hangupby.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedUrlTest {

    @Nested
    class TheOtherPort {

        @ParameterizedTest(name = "{0} -> {1}")
        @CsvSource({
            "https://example.com,                        https://example.com:443",
            "https://example.com/,                       https://example.com:443/",
            "http://example.com/a,                       http://example.com:80/a",
            "HTTPS://example.com/a,                      HTTPS://example.com:443/a",
            "https://example.com?a=b:1,                  https://example.com:443?a=b:1",
            "https://example.com/a:1/b@c]?d=e:2,         https://example.com:443/a:1/b@c]?d=e:2",
            "https://user:pass@example.com/a,            https://user:pass@example.com:443/a",
            "https://user:p%40:ss@example.com/a,         https://user:p%40:ss@example.com:443/a",
            "https://[::1]/a,                            https://[::1]:443/a",
            "https://example.com/%C3%A9%2f?q=%2B+%c3,    https://example.com:443/%C3%A9%2f?q=%2B+%c3"
        })
        void the_other_port_is_that_of_the_scheme_if_the_url_has_none(String url, String other) {
            assertThat(SignedUrl.withOtherPort(url)).contains(other);
        }

        @ParameterizedTest(name = "{0} -> {1}")
        @CsvSource({
            "https://example.com:443,                    https://example.com",
            "https://example.com:8443/a,                 https://example.com/a",
            "http://example.com:80/a,                    http://example.com/a",
            "https://example.com:8443?a=b:1,             https://example.com?a=b:1",
            "https://user:pass@example.com:8443/a,       https://user:pass@example.com/a",
            "https://[::1]:8080/a,                       https://[::1]/a",
            "https://u:p@[2001:db8::1]:8080/a,           https://u:p@[2001:db8::1]/a",
            "ftp://example.com:21/a,                     ftp://example.com/a",
            "https://example.com:/a,                     https://example.com/a",
            "https://example.com:443/%C3%A9%2f?q=%2B+,   https://example.com/%C3%A9%2f?q=%2B+"
        })
        void the_other_port_is_none_if_the_url_has_a_port(String url, String other) {
            assertThat(SignedUrl.withOtherPort(url)).contains(other);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "example.com/a", "/a?b=http", "ftp://example.com/a"})
        void the_other_port_is_unknown_without_a_scheme_that_implies_a_port(String url) {
            assertThat(SignedUrl.withOtherPort(url)).isEmpty();
        }
    }

    @Nested
    class TheFragment {

        @ParameterizedTest(name = "{0} -> {1}")
        @CsvSource({
            "https://example.com/a#rc=3&rp=ct,  https://example.com/a",
            "https://example.com/a?b=c#rc=3#x,  https://example.com/a?b=c",
            "https://example.com/a?b=%23,       https://example.com/a?b=%23"
        })
        void the_fragment_is_removed(String url, String signed) {
            assertThat(SignedUrl.withoutFragment(url)).isEqualTo(signed);
        }
    }

    @Nested
    class AQueryValue {

        @ParameterizedTest(name = "{0} -> {1}")
        @CsvSource({
            "https://example.com/?hash=ab,               ab",
            "https://example.com/?a=b&hash=ab&c=d,       ab",
            "https://example.com/?hash=first&hash=last,  last",
            "https://example.com/?hash=,                 ''",
            "https://example.com/?hash=%2b#hash=other,   %2b"
        })
        void a_query_value_stays_encoded(String url, String value) {
            assertThat(SignedUrl.queryValue(url, "hash")).contains(value);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://example.com/",
                    "https://example.com/hash=ab",
                    "https://example.com/?hash",
                    "https://example.com/?xhash=ab&hashx=ab&HASH=ab",
                    "https://example.com/#?hash=ab",
                    "https://example.com/#a?hash=ab"
                })
        void a_missing_query_value_is_absent(String url) {
            assertThat(SignedUrl.queryValue(url, "hash")).isEmpty();
        }

        @Test
        void a_query_value_may_have_an_equals_sign() {
            assertThat(SignedUrl.queryValue("https://example.com/?hash=a=b", "hash"))
                    .contains("a=b");
        }
    }
}
