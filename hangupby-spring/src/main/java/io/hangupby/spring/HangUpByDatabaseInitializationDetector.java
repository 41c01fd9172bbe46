package io.hangupby.spring;

import io.hangupby.HangUpBy;
import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDependsOnDatabaseInitializationDetector;

/**
 * Starts hangupby after Flyway, Liquibase and the application's own scripts have run, because its tables can be theirs. Used by
 * Spring Boot, where the application has a database.
 */
final class HangUpByDatabaseInitializationDetector extends AbstractBeansOfTypeDependsOnDatabaseInitializationDetector {

    @Override
    protected Set<Class<?>> getDependsOnDatabaseInitializationBeanTypes() {
        return Set.of(HangUpBy.class);
    }
}
