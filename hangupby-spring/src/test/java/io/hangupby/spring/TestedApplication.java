package io.hangupby.spring;

import com.twilio.security.RequestValidator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The application that the documented tests find, with a handler of its own that checks signatures. It scans for no components, because
 * those of other tests are beside it.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({OpenToAll.class, TestedApplication.Callbacks.class})
class TestedApplication {

    @RestController
    static class Callbacks {
        private final RequestValidator validator;
        private final String publicUrl;
        private final List<String> received = new CopyOnWriteArrayList<>();

        Callbacks(
                @Value("${acme.twilio.token:none}") String token, @Value("${acme.twilio.callback:}") String publicUrl) {
            this.validator = new RequestValidator(token);
            this.publicUrl = publicUrl;
        }

        @PostMapping("/callbacks/taskrouter")
        ResponseEntity<Void> receive(
                @RequestParam Map<String, String> params, @RequestHeader("X-Twilio-Signature") String signature) {
            if (!validator.validate(publicUrl, params, signature)) {
                return ResponseEntity.status(HttpStatus.FORBIDDEN).build();
            }
            received.add(params.get("EventType"));
            return ResponseEntity.noContent().build();
        }

        List<String> received() {
            return List.copyOf(received);
        }
    }
}
