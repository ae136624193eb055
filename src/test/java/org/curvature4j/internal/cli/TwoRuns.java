package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.curvature4j.io.Npy;

/**
 * Two runs of the same command on different devices: what they told and the files that they left.
 *
 * @param bound how far numbers may be apart, of 1 and their size; 0 where the bits are to be the same
 * @param otherwise fields that have nothing to be held against each other
 */
record TwoRuns(double bound, Set<String> otherwise) {
    /** Names the device and tells times. */
    private static final String TIMINGS = "timings.json";

    private static final String MANIFEST = "manifest.json";

    /** What a manifest says of a device. */
    private static final Set<String> MACHINE = Set.of("device", "engine");

    void assertSame(String name, JsonElement actual, JsonElement expected) {
        assertSame(name, actual, expected, Set.of());
    }

    private void assertSame(String name, JsonElement actual, JsonElement expected, Set<String> more) {
        if (expected.isJsonObject()) {
            JsonObject members = expected.getAsJsonObject();
            assertThat(keys(actual.getAsJsonObject(), more)).as(name).isEqualTo(keys(members, more));
            keys(members, more).stream()
                    .filter(member -> !otherwise.contains(member))
                    .forEach(member -> assertSame(
                            name + " " + member, actual.getAsJsonObject().get(member), members.get(member), more));
        } else if (expected.isJsonArray()) {
            assertThat(actual.getAsJsonArray()).as(name).hasSameSizeAs(expected.getAsJsonArray());
            for (int i = 0; i < expected.getAsJsonArray().size(); i++) {
                assertSame(
                        name + " " + i,
                        actual.getAsJsonArray().get(i),
                        expected.getAsJsonArray().get(i),
                        more);
            }
        } else if (bound > 0
                && expected.isJsonPrimitive()
                && expected.getAsJsonPrimitive().isNumber()) {
            assertNear(name, actual.getAsDouble(), expected.getAsDouble());
        } else {
            assertThat(actual).as(name).isEqualTo(expected);
        }
    }

    private static List<String> keys(JsonObject object, Set<String> without) {
        return object.keySet().stream()
                .filter(key -> !without.contains(key))
                .sorted()
                .toList();
    }

    private void assertNear(String name, double actual, double expected) {
        assertThat(actual).as(name).isCloseTo(expected, within(bound * (1 + Math.abs(expected))));
    }

    /** The files of two folders: the same names, and but for times the same in them. */
    void assertSameFiles(Path actual, Path expected) throws IOException {
        List<String> names = names(expected);
        assertThat(names(actual)).isEqualTo(names);
        for (String name : names) {
            Path one = actual.resolve(name);
            Path other = expected.resolve(name);
            if (name.endsWith(MANIFEST)) {
                assertSame(name, read(one), read(other), MACHINE);
            } else if (bound > 0 && name.endsWith(".npy")) {
                assertNearArrays(name, one, other);
            } else if (bound == 0 && !name.endsWith(TIMINGS)) {
                assertThat(one).hasSameBinaryContentAs(other);
            }
        }
    }

    private void assertNearArrays(String name, Path actual, Path expected) {
        double[] numbers = Npy.read(expected).data().asDouble();
        double[] others = Npy.read(actual).data().asDouble();
        assertThat(others).as(name).hasSameSizeAs(numbers);
        for (int i = 0; i < numbers.length; i++) {
            assertNear(name + " " + i, others[i], numbers[i]);
        }
    }

    private static JsonElement read(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file));
    }

    /** Of all files, in order. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
