package io.hangupby.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each stored input of a fuzz test is replayed. Jazzer finds the inputs by the names of the class and the method. */
class StoredFuzzInputsTest {
    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final String SUFFIX = "Inputs";

    @Test
    void each_directory_of_inputs_is_named_after_a_fuzz_test() throws IOException {
        assertThat(directoriesOfInputs()).isNotEmpty().allSatisfy(directory -> {
            String name = RESOURCES.relativize(directory.getParent()).toString().replace('/', '.');
            Class<?> test = Class.forName(name.substring(0, name.length() - SUFFIX.length()));

            assertThat(Arrays.stream(test.getDeclaredMethods())
                            .filter(method -> method.isAnnotationPresent(FuzzTest.class))
                            .map(method -> Path.of(method.getName())))
                    .contains(directory.getFileName());
        });
    }

    private static List<Path> directoriesOfInputs() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(path -> path.toString().contains("FuzzTest" + SUFFIX + "/"))
                    .filter(Files::isDirectory)
                    .toList();
        }
    }
}
