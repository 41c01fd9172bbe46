package io.hangupby.spring;

import io.hangupby.HangUpBy;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
record DryRunPage(HangUpBy hangUpBy) {

    @GetMapping(path = "/hang-up-by", produces = "text/plain;charset=UTF-8")
    String report() {
        return hangUpBy.dryRunReport().toString();
    }
}
