package io.hangupby.example.ownhandler;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/** The backend. */
@SpringBootApplication(proxyBeanMethods = false)
public class OldBackend {

    /**
     * Starts it.
     *
     * @param arguments settings, such as {@code --server.port=8080}
     */
    public static void main(String[] arguments) {
        SpringApplication.run(OldBackend.class, arguments);
    }

    @Bean
    ServletRegistrationBean<CallbackServlet> callbackServlet() {
        return new ServletRegistrationBean<>(new CallbackServlet(), "/callbacks/servlet");
    }
}
