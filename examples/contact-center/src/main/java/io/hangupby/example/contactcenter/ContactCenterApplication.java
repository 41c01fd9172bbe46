package io.hangupby.example.contactcenter;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The backend. hangupby needs no code here: it is on the class path, and its properties are set. With
 * {@code --simulator.enabled=false} that is all there is; otherwise a simulated contact centre calls, and with
 * {@code --once} it goes home after a while.
 */
@SpringBootApplication
public class ContactCenterApplication {

    /** Starts the backend. */
    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(ContactCenterApplication.class);
        application.addInitializers(new SimulatorInitializer());
        application.run(args);
    }
}
