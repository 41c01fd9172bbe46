package io.hangupby.spring;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The application that the documented tests find. It scans for no components, because other tests' are beside it. */
@SpringBootConfiguration
@EnableAutoConfiguration
class TestedApplication {}
