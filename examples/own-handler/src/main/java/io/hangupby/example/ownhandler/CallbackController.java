package io.hangupby.example.ownhandler;

import java.util.concurrent.Callable;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Reads callbacks in all ways that Spring offers, and responds with what was read. */
@RestController
@RequestMapping("/callbacks")
final class CallbackController {

    @PostMapping("/parameters")
    String parameters(@RequestParam("EventType") String type, @RequestParam("TaskAttributes") String attributes) {
        return type + " " + attributes;
    }

    @PostMapping("/form")
    String form(@RequestBody MultiValueMap<String, String> form) {
        return form.getFirst("EventType") + " " + form.getFirst("TaskAttributes");
    }

    @PostMapping("/text")
    String text(@RequestBody String body) {
        return body;
    }

    @PostMapping("/later")
    Callable<String> later(@RequestParam MultiValueMap<String, String> form) {
        return () -> form.getFirst("EventType") + " " + form.getFirst("TaskAttributes");
    }

    @PostMapping("/nothing")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void nothing() {}
}
