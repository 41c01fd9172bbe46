package io.hangupby.example.endurance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The setup of an attacked application.
 *
 * @param demo where the demo's jar is
 * @param heap as for {@code -Xmx}; empty for the JVM's own default
 * @param threads how many a {@link Host} has
 * @param isOnDatabase whether tasks are stored in PostgreSQL
 * @param isPublicUrlSet whether the demo knows its public address
 * @param twiliosClock how far Twilio's clock is ahead of ours
 * @param more further arguments of the demo
 */
record Setup(
        Victim.Kind kind,
        Path demo,
        String heap,
        int threads,
        boolean isOnDatabase,
        boolean isPublicUrlSet,
        Duration twiliosClock,
        List<String> more) {

    static Setup of(Victim.Kind kind, Path demo) {
        return new Setup(kind, demo, "", 20, false, true, Duration.ZERO, List.of());
    }

    Setup heap(String size) {
        return new Setup(kind, demo, size, threads, isOnDatabase, isPublicUrlSet, twiliosClock, more);
    }

    Setup threads(int number) {
        return new Setup(kind, demo, heap, number, isOnDatabase, isPublicUrlSet, twiliosClock, more);
    }

    Setup onDatabase() {
        return new Setup(kind, demo, heap, threads, true, isPublicUrlSet, twiliosClock, more);
    }

    Setup withoutPublicUrl() {
        return new Setup(kind, demo, heap, threads, isOnDatabase, false, twiliosClock, more);
    }

    Setup twiliosClock(Duration ahead) {
        return new Setup(kind, demo, heap, threads, isOnDatabase, isPublicUrlSet, ahead, more);
    }

    Setup with(List<String> arguments) {
        List<String> all = new ArrayList<>(more);
        all.addAll(arguments);
        return new Setup(kind, demo, heap, threads, isOnDatabase, isPublicUrlSet, twiliosClock, all);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + (heap.isEmpty() ? "" : ", " + heap);
    }
}
