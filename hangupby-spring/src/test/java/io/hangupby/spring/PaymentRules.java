package io.hangupby.spring;

import io.hangupby.decision.Decider;
import io.hangupby.decision.rules.DecisionRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class PaymentRules {

    @Bean
    Decider decider(Payments payments) {
        return DecisionRules.ours()
                .before("ended-by-api", new EndedAfterPayment(payments::isPaid))
                .decider();
    }
}
