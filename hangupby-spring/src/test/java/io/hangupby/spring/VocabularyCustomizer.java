package io.hangupby.spring;

import io.hangupby.decision.EndedBy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The example in the Javadoc of {@link HangUpByBuilderCustomizer}. */
@Configuration
class VocabularyCustomizer {

    @Bean
    HangUpByBuilderCustomizer vocabulary() {
        return builder -> builder.vocabulary(v -> v.with(EndedBy.SYSTEM, "program"));
    }
}
