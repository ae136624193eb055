package org.curvature4j.internal.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That {@code scripts/cuda-check} runs every test that a GPU can compute for: those are known by their tag. */
class GpuTagTest {
    private static final Path SOURCES = Path.of("src/test/java");
    private static final String TAG = "@Tag(\"gpu\")";
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);

    /** A file of the tests: its class, and its text without comments. */
    private record Source(String packageName, String name, String text) {

        static Source of(Path file) {
            Path relative = SOURCES.relativize(file);
            try {
                return new Source(
                        String.valueOf(relative.getParent()).replace('\\', '.').replace('/', '.'),
                        String.valueOf(relative.getFileName()).replace(".java", ""),
                        COMMENT.matcher(Files.readString(file)).replaceAll(""));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String fullName() {
            return packageName + "." + name;
        }

        boolean isTest() {
            return name.endsWith("Test");
        }

        /** Names in full, as imports do, or from the same package. */
        boolean uses(Source other) {
            String asWritten = packageName.equals(other.packageName) ? other.name : Pattern.quote(other.fullName());
            return Pattern.compile("\\b" + asWritten + "\\b").matcher(text).find();
        }
    }

    private static List<Source> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Source::of)
                    .toList();
        }
    }

    /** What comes to a driver of the tests by itself or by helpers, but not by another test. */
    private static Set<Source> usersOfDrivers(List<Source> all) {
        Set<Source> users = all.stream()
                .filter(source -> source.name.equals("InterpretedDriver"))
                .collect(Collectors.toSet());
        Set<Source> next = users;
        while (!next.isEmpty()) {
            Set<Source> from = next.stream().filter(source -> !source.isTest()).collect(Collectors.toSet());
            next = all.stream()
                    .filter(source -> !users.contains(source) && from.stream().anyMatch(source::uses))
                    .collect(Collectors.toSet());
            users.addAll(next);
        }
        return users;
    }

    private static Set<String> names(Stream<Source> sources) {
        return sources.filter(Source::isTest).map(Source::fullName).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyTestOnADeviceIsTagged() throws IOException {
        List<Source> all = sources();
        Set<String> users = names(usersOfDrivers(all).stream());
        assertThat(users).contains("org.curvature4j.conformance.DialectsTest", "org.curvature4j.GpuNetsTest");
        assertThat(names(all.stream().filter(source -> source.text.contains("\n" + TAG + "\n"))))
                .as("tests with " + TAG + ", to be those that compute on a device")
                .isEqualTo(users);
    }

    @Test
    void theTagChoosesWhatRunsOnACard() throws IOException {
        assertThat(Files.readString(Path.of("scripts/cuda-check"))).contains(" -Dgroups=gpu ", "-Dtest.gpu=hardware");
    }
}
