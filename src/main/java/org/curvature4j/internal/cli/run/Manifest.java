package org.curvature4j.internal.cli.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.curvature4j.internal.io.Fingerprint;
import org.curvature4j.io.NpyReader;

/**
 * What a run was and what came of it, the content of {@code manifest.json}; the same bytes for the same run, whether it
 * was interrupted or not, on any number of threads.
 *
 * @param format of the manifest itself
 * @param run what decides the bytes of the results, as a journal has it
 * @param results what the run found, as {@code --json} prints it
 * @param arrays the files of numbers
 * @param figures the names of the files of figures
 */
public record Manifest(
        int format, Map<String, String> run, Map<String, Object> results, List<Array> arrays, List<String> figures) {
    private static final int FORMAT = 1;

    /**
     * A file of numbers.
     *
     * @param dtype NumPy's code of its elements, such as {@code f8}
     * @param sha256 of the whole file; "not taken" for one that is too large for that
     */
    record Array(String name, List<Long> shape, String dtype, long bytes, String sha256) {
        static Array of(Path file) {
            try (NpyReader reader = NpyReader.open(file)) {
                return new Array(
                        Manifest.name(file),
                        LongStream.of(reader.shape()).boxed().toList(),
                        reader.type().code(),
                        file.toFile().length(),
                        Fingerprint.whole(file).orElse("not taken"));
            }
        }
    }

    static Manifest of(Map<String, String> run, Map<String, Object> results, List<Path> arrays, List<Path> figures) {
        return new Manifest(
                FORMAT,
                run,
                results,
                arrays.stream().map(Array::of).toList(),
                figures.stream().map(Manifest::name).toList());
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
