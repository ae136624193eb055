package org.curvature4j.internal.cli.subject;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.curvature4j.TensorFunction;
import org.curvature4j.data.DataFile;
import org.curvature4j.internal.cli.options.RowFile;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.io.Csv;
import org.curvature4j.io.PointSource;
import org.curvature4j.stream.RowSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What goes with each point, streamed from files, each number checked to be finite. Close it after use. */
final class PointData implements AutoCloseable {
    private final Map<String, RowFile> files;
    private final List<RowSource> sources = new ArrayList<>();
    private final List<Runnable> closing = new ArrayList<>();

    private PointData(Map<String, RowFile> files) {
        this.files = files;
    }

    /**
     * Opens the files, in the order of the function's data.
     *
     * @throws IllegalArgumentException if the rows of one aren't what the function takes
     */
    static PointData open(Map<String, RowFile> files, TensorFunction function) {
        PointData data = new PointData(files);
        try {
            files.forEach(
                    (name, file) -> data.add(name, file, function.dataSizes().get(data.sources.size())));
            return data;
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private void add(String name, RowFile file, long length) {
        RowSource rows;
        Optional<Path> text = file.onDisk().filter(DataFile::isTable);
        if (text.isPresent()) {
            INDArray table = Csv.read(text.get()).values();
            requireLength(name, file, table.size(1), length, table.shape());
            HostArray numbers = HostArray.reading(words(name), table);
            closing.add(numbers::close);
            rows = ArrayRows.source(numbers, table.size(0), length);
        } else {
            PointSource reader = file.open();
            closing.add(reader::close);
            requireLength(name, file, reader.rowLength(), length, reader.shape());
            rows = RowSource.of(reader.rows(), (first, count, into) -> reader.readRows(first, count, into, 0));
        }
        sources.add(finite(words(name), "row", " in " + file, length, rows));
    }

    private static String words(String name) {
        return "--with " + name;
    }

    private static void requireLength(String name, RowFile file, long found, long length, long[] shape) {
        if (found != length) {
            throw new IllegalArgumentException(words(name) + ": expected [B, " + length + "] or [B, ...] with "
                    + Numbers.count(length, "number", "numbers") + " a point, got " + Words.shape(shape) + " in "
                    + file);
        }
    }

    /** The same rows, refused where a number isn't finite. */
    static RowSource finite(String what, String row, String where, long length, RowSource rows) {
        return RowSource.of(rows.rows(), (first, count, into) -> {
            rows.read(first, count, into);
            int numbers = Math.toIntExact(count * length);
            for (int i = 0; i < numbers; i++) {
                if (!Double.isFinite(into[i])) {
                    throw new IllegalArgumentException(what + ": expected finite numbers, got " + into[i]
                            + " as number " + i % length + " of " + row + " " + (first + i / length) + where);
                }
            }
        });
    }

    boolean isEmpty() {
        return sources.isEmpty();
    }

    /** How many rows the first has; whether the others have as many is checked where they are joined. */
    long rows() {
        return sources.get(0).rows();
    }

    RowSource[] sources() {
        return sources.toArray(RowSource[]::new);
    }

    /** Adds the files, where there are any. */
    void describe(Report report) {
        if (!files.isEmpty()) {
            report.line(
                    "with",
                    files.entrySet().stream()
                            .map(file -> file.getKey() + " of " + file.getValue())
                            .collect(Collectors.joining(", ")));
            Map<String, Object> fields = new LinkedHashMap<>();
            files.forEach((name, file) -> fields.put(name, file.toString()));
            report.field("with", fields);
        }
    }

    /** Adds what decides the numbers. */
    void identify(Map<String, String> run) {
        files.forEach((name, file) -> run.put("with " + name, file.fingerprint()));
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
    }
}
