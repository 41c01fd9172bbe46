package io.hangupby.example.contactcenter;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The backend. hangupby needs no code: it is on the class path, and its properties are set. By default a simulated
 * contact centre plays calls; {@code --simulator.enabled=false} disables it. {@code --once} ends the program after one
 * round of calls. {@code --check} checks the set-up instead of playing calls.
 */
@SpringBootApplication
public class ContactCenterApplication {

    /** Starts the backend. */
    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(ContactCenterApplication.class);
        application.addInitializers(new SimulatorInitializer());
        if (SetupCheck.isWanted(args)) {
            System.exit(SetupCheck.of(System.out, args).run(application, args));
        }
        application.run(args);
    }
}
