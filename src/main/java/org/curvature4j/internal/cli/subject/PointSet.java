package org.curvature4j.internal.cli.subject;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.curvature4j.data.DataFile;
import org.curvature4j.internal.cli.options.PointOptions;
import org.curvature4j.internal.cli.options.RowFile;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.io.Csv;
import org.curvature4j.io.PointSource;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.stream.RowSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Points of a function and what goes with each, side by side in rows, streamed from where they are, each checked to be finite.
 * Close it after use.
 */
public final class PointSet implements RowSource, AutoCloseable {
    private final RowSource points;
    private final PointData data;
    private final RowSource source;
    private final String description;
    private final Map<String, Object> fields;
    private final Supplier<String> identity;
    private final Runnable closing;

    /** Points, and where they are from. */
    private record Opened(
            RowSource rows,
            String description,
            Map<String, Object> fields,
            Supplier<String> identity,
            Runnable closing) {}

    private PointSet(Opened opened, PointData data, ChosenFunction function) {
        this.points = opened.rows();
        this.data = data;
        this.source = function.function().rows(points, data.sources());
        this.description = opened.description();
        this.fields = new LinkedHashMap<>();
        this.fields.put("count", source.rows());
        this.fields.putAll(opened.fields());
        this.identity = opened.identity();
        this.closing = opened.closing();
    }

    /**
     * Opens the points that a function is looked at: those given, or the values that the graph's variables have.
     *
     * @throws UsageException if none were given, and the variables don't say
     */
    public static PointSet of(PointOptions options, ChosenFunction function) {
        PointData data = PointData.open(options.data(), function.function());
        try {
            Opened opened = open(options, function, data);
            try {
                return new PointSet(opened, data, function);
            } catch (RuntimeException e) {
                opened.closing().run();
                throw e;
            }
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private static Opened open(PointOptions options, ChosenFunction function, PointData data) {
        if (!options.given() && function.hasPoint()) {
            return present(function.function().point(), data.isEmpty() ? 1 : data.rows());
        }
        RowFile file = options.file();
        if (file != null) {
            return ofFile(file, function.inputSize());
        }
        Long count = options.random();
        if (count != null) {
            return random(function.options().seed(), count, function.inputSize());
        }
        throw new UsageException("--points, --random: expected one of them, got none");
    }

    /** Whether there is one point, what the graph's variables hold, and nothing that makes it several. */
    public static boolean isPresent(PointOptions options, ChosenFunction function) {
        return !options.given() && function.hasPoint() && options.data().isEmpty();
    }

    /** Standard normal points. */
    private static Opened random(long seed, long count, long length) {
        RandomPoints points = RandomPoints.of(seed, count, length);
        return new Opened(
                points.source(),
                Words.count(count, "standard normal point") + " of seed " + seed,
                Map.of("seed", seed),
                () -> "standard normal, seed " + seed,
                () -> {});
    }

    /** The points of a file; one that holds a single point need not have an axis that counts them. */
    private static Opened ofFile(RowFile file, long length) {
        return file.onDisk()
                .filter(DataFile::isTable)
                .map(table -> ofTable(file, table, length))
                .orElseGet(() -> ofArray(file, length));
    }

    /** The point [n] at which a graph's variables are, as often as there are examples. */
    private static Opened present(INDArray point, long count) {
        HostArray numbers = HostArray.reading("point", point);
        int length = Math.toIntExact(point.length());
        String words = "the values that the variables have";
        return new Opened(
                finite(" of " + words, length, RowSource.of(count, (first, some, into) -> {
                    for (int i = 0; i < some; i++) {
                        numbers.read(0, into, i * length, length);
                    }
                })),
                words,
                Map.of("present", true),
                () -> words,
                numbers::close);
    }

    private static Opened ofArray(RowFile file, long length) {
        PointSource reader = file.open();
        try {
            long rows = count(file, reader.rows(), reader.rowLength(), length, Words.shape(reader.shape()));
            return new Opened(
                    finite(" in " + file, length, rows(reader, rows, reader.rows())),
                    description(file, rows),
                    fields(file),
                    file::fingerprint,
                    reader::close);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private static Opened ofTable(RowFile file, Path text, long length) {
        INDArray table = Csv.read(text).values();
        long rows = count(file, table.size(0), table.size(1), length, Words.shape(table.shape()));
        HostArray numbers = HostArray.reading("points", table);
        return new Opened(
                finite(" in " + file, length, ArrayRows.source(numbers, rows, length)),
                description(file, rows),
                fields(file),
                file::fingerprint,
                numbers::close);
    }

    private static String description(RowFile file, long rows) {
        return Words.count(rows, "point") + " of " + file;
    }

    private static Map<String, Object> fields(RowFile file) {
        return Map.of("file", file.toString());
    }

    private static long count(RowFile file, long rows, long rowLength, long length, String shape) {
        if (rowLength == length) {
            return rows;
        }
        if (rowLength != 0 && rows * rowLength == length) {
            return 1;
        }
        throw new IllegalArgumentException("points: expected [B, " + length + "] or [B, ...] with "
                + Numbers.count(length, "number", "numbers") + " a point, got " + shape + " in " + file);
    }

    /** What may hold anything is checked; points that are made here need no check. */
    private static RowSource finite(String where, long length, RowSource rows) {
        return PointData.finite("points", "point", where, length, rows);
    }

    private static RowSource rows(PointSource points, long count, long stored) {
        return RowSource.of(count, (first, some, into) -> {
            if (count == stored) {
                points.readRows(first, some, into, 0);
            } else {
                points.readRows(0, stored, into, 0);
            }
        });
    }

    @Override
    public long rows() {
        return source.rows();
    }

    @Override
    public void read(long first, int count, double[] into) {
        source.read(first, count, into);
    }

    @Override
    public RowSource origin() {
        return source.origin();
    }

    /** The points without what goes with them. */
    RowSource alone() {
        return points;
    }

    /** What goes with them. */
    RowSource[] data() {
        return data.sources();
    }

    /** Adds where the points come from. */
    public void describe(Report report) {
        report.line("at", description);
        report.field("points", fields);
        if (fields.get("seed") instanceof Long seed) {
            report.drawn(seed);
        }
        data.describe(report);
    }

    /** Adds what decides the numbers. */
    public void identify(Map<String, String> run) {
        run.put("points", identity.get());
        run.put("count", Long.toString(rows()));
        data.identify(run);
    }

    @Override
    public void close() {
        closing.run();
        data.close();
    }
}
