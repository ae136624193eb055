package org.curvature4j.internal.cli.subject;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.curvature4j.internal.cli.options.PointOptions;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.io.Fingerprint;
import org.curvature4j.io.Csv;
import org.curvature4j.io.NpyReader;
import org.curvature4j.io.PointSource;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.stream.RowSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Points of a function, streamed from where they are, each checked to be finite. Close it after use. */
public final class PointSet implements RowSource, AutoCloseable {
    private final RowSource source;
    private final long length;
    private final String description;
    private final Map<String, Object> fields;
    private final Supplier<String> identity;
    private final Runnable closing;

    private PointSet(
            RowSource source,
            long length,
            String description,
            Map<String, Object> fields,
            Supplier<String> identity,
            Runnable closing) {
        this.source = source;
        this.length = length;
        this.description = description;
        this.fields = new LinkedHashMap<>();
        this.fields.put("count", source.rows());
        this.fields.putAll(fields);
        this.identity = identity;
        this.closing = closing;
    }

    /**
     * Opens the points that a function is looked at: those given, or the values that the graph's variables have.
     *
     * @throws UsageException if none were given, and the variables don't say
     */
    public static PointSet of(PointOptions options, ChosenFunction function) {
        if (isPresent(options, function)) {
            return present(function.function().point());
        }
        Path file = options.file();
        if (file != null) {
            return ofFile(file, function.inputSize());
        }
        Long count = options.random();
        if (count != null) {
            return random(function.options().seed(), count, function.inputSize());
        }
        throw new UsageException("--points, --random: expected one of them, got none");
    }

    /** Whether the point is what the graph's variables hold. */
    public static boolean isPresent(PointOptions options, ChosenFunction function) {
        return !options.given() && function.hasPoint();
    }

    /** Standard normal points. */
    private static PointSet random(long seed, long count, long length) {
        RandomPoints points = RandomPoints.of(seed, count, length);
        return new PointSet(
                rows(points, count, points.rows()),
                length,
                Words.count(count, "standard normal point") + " of seed " + seed,
                Map.of("seed", seed),
                () -> "standard normal, seed " + seed,
                () -> {});
    }

    /** The points of a file; one that holds a single point need not have an axis that counts them. */
    private static PointSet ofFile(Path file, long length) {
        return Feeds.isTable(file) ? ofTable(file, length) : ofArray(file, length);
    }

    /** The one point [n] at which a graph's variables are. */
    private static PointSet present(INDArray point) {
        HostArray numbers = HostArray.reading("point", point);
        return new PointSet(
                ArrayRows.source(numbers, 1, point.length()),
                point.length(),
                "the values that the variables have",
                Map.of("present", true),
                () -> "the values that the variables have",
                numbers::close);
    }

    private static PointSet ofArray(Path file, long length) {
        NpyReader reader = NpyReader.open(file);
        try {
            long rows = count(file, reader.rows(), reader.rowLength(), length, Words.shape(reader.shape()));
            return new PointSet(
                    rows(reader, rows, reader.rows()),
                    length,
                    description(file, rows),
                    fields(file),
                    () -> Fingerprint.of(file),
                    reader::close);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private static PointSet ofTable(Path file, long length) {
        INDArray table = Csv.read(file).values();
        long rows = count(file, table.size(0), table.size(1), length, Words.shape(table.shape()));
        HostArray numbers = HostArray.reading("points", table);
        return new PointSet(
                ArrayRows.source(numbers, rows, length),
                length,
                description(file, rows),
                fields(file),
                () -> Fingerprint.of(file),
                numbers::close);
    }

    private static String description(Path file, long rows) {
        return Words.count(rows, "point") + " of " + file;
    }

    private static Map<String, Object> fields(Path file) {
        return Map.of("file", file.toString());
    }

    private static long count(Path file, long rows, long rowLength, long length, String shape) {
        if (rowLength == length) {
            return rows;
        }
        if (rowLength != 0 && rows * rowLength == length) {
            return 1;
        }
        throw new IllegalArgumentException("points: expected [B, " + length + "] or [B, ...] with " + length
                + " numbers a point, got " + shape + " in " + file);
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
        int numbers = Math.toIntExact(count * length);
        for (int i = 0; i < numbers; i++) {
            if (!Double.isFinite(into[i])) {
                throw new IllegalArgumentException("points: expected finite numbers, got " + into[i] + " as number "
                        + i % length + " of point " + (first + i / length));
            }
        }
    }

    /** Adds where the points come from. */
    public void describe(Report report) {
        report.line("at", description);
        report.field("points", fields);
    }

    /** Adds what decides the numbers. */
    public void identify(Map<String, String> run) {
        run.put("points", identity.get());
        run.put("count", Long.toString(rows()));
    }

    @Override
    public void close() {
        closing.run();
    }
}
