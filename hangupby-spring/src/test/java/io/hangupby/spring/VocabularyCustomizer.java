package io.hangupby.spring;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The example in the Javadoc of {@link HangUpByBuilderCustomizer}. */
@Configuration
class VocabularyCustomizer {

    @Bean
    HangUpByBuilderCustomizer vocabulary() {
        return builder -> builder.vocabulary(v -> v.value("system", "program"));
    }
}
