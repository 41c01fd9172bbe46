/** hangupby in a Spring Boot application. */
@NullMarked
package io.hangupby.spring;

import org.jspecify.annotations.NullMarked;
