package org.curvature4j.internal.cli.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.io.NpyType;
import org.jspecify.annotations.Nullable;

/**
 * An array that a run writes.
 *
 * @param file where it will appear
 * @param sizes of the axes
 * @param single whether it holds one result, and not a batch of them along its first axis
 */
public record ArrayFile(Path file, NpyType type, List<Long> sizes, boolean single) {
    /** One result of a shape, or a batch of them. */
    public static ArrayFile of(Path file, NpyType type, boolean single, long count, long... each) {
        LongStream batch = single ? LongStream.empty() : LongStream.of(count);
        List<Long> sizes = LongStream.concat(batch, LongStream.of(each)).boxed().toList();
        return new ArrayFile(file, type, sizes, single);
    }

    /**
     * The arrays of what is computed.
     *
     * @param files in the order of its results; null where one isn't wanted
     */
    public static List<ArrayFile> all(Computation computation, List<? extends @Nullable Path> files) {
        List<ArrayFile> arrays = new ArrayList<>();
        for (int i = 0; i < computation.results().size(); i++) {
            @Nullable Path file = files.get(i);
            if (file != null) {
                arrays.add(of(file, computation, computation.results().get(i)));
            }
        }
        return arrays;
    }

    private static ArrayFile of(Path file, Computation computation, Computation.Result result) {
        long[] each = result.sizes().stream().mapToLong(Long::longValue).toArray();
        return of(file, computation.type(), computation.isSingle(), computation.count(), each);
    }

    /** The file's name without its folder. */
    String name() {
        return String.valueOf(file.getFileName());
    }

    public long[] shape() {
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    /** Numbers of one result. */
    public long lengthEach() {
        return LongStream.of(shape()).skip(single ? 0 : 1).reduce(1, (a, b) -> a * b);
    }

    /** Adds what it is to what decides the bytes of a run. */
    public void identify(Map<String, String> run) {
        run.put("result " + name(), Words.shape(shape()) + " " + type.code());
    }

    /** Rows of the file that one result takes. */
    long rowsEach() {
        return single ? sizes.get(0) : 1;
    }
}
