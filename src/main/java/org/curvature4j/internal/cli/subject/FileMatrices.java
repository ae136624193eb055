package org.curvature4j.internal.cli.subject;

import java.util.Map;
import org.curvature4j.KinkReport;
import org.curvature4j.internal.cli.options.RowFile;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.Workers;
import org.curvature4j.io.NpyType;
import org.curvature4j.io.PointSource;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Matrices of a file, [n, n] or [B, n, n]; packed: [n (n + 1) / 2] or [B, n (n + 1) / 2]. */
public final class FileMatrices implements SymmetricMatrices {
    /** The largest whose entries fit a Java array. */
    private static final long LARGEST = 46_340;

    /** Numbers that a thread reads at once: half a megabyte. */
    private static final long BLOCK = 1 << 16;

    private final RowFile file;
    private final PointSource reader;
    private final boolean packed;
    private final boolean single;
    private final int order;

    private FileMatrices(RowFile file, PointSource reader, boolean packed) {
        this.file = file;
        this.reader = reader;
        this.packed = packed;
        long[] shape = reader.shape();
        int axes = packed ? 1 : 2;
        int rank = shape.length;
        long rows = rank == 0 ? -1 : packed ? Packing.order(shape[rank - 1]) : shape[rank - 1];
        boolean fits = (rank == axes || rank == axes + 1)
                && rows >= 0
                && rows <= LARGEST
                && (packed || shape[rank - 2] == rows);
        if (!fits) {
            String expected = packed ? "[m] or [B, m], m = n (n + 1) / 2 for" : "[n, n] or [B, n, n] of";
            boolean triangles = !packed && rank == 2 && Packing.order(shape[1]) > 0;
            throw new IllegalArgumentException("hessians: expected " + expected + " at most " + LARGEST + " rows, got "
                    + Words.shape(shape) + " in " + file
                    + (triangles ? " (--packed reads upper triangles)" : ""));
        }
        single = rank == axes;
        order = (int) rows;
    }

    /**
     * Opens a file, or a folder of shards.
     *
     * @param packed whether it holds upper triangles, row by row
     */
    public static FileMatrices open(RowFile file, boolean packed) {
        PointSource reader = file.open();
        try {
            return new FileMatrices(file, reader, packed);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    @Override
    public long count() {
        return single ? 1 : reader.rows();
    }

    @Override
    public boolean isSingle() {
        return single;
    }

    @Override
    public int order() {
        return order;
    }

    @Override
    public NpyType type() {
        return reader.type() == NpyType.FLOAT32 ? NpyType.FLOAT32 : NpyType.FLOAT64;
    }

    @Override
    public String title(long index) {
        return file + (single ? "" : ", matrix " + index);
    }

    @Override
    public INDArray matrix(long index) {
        double[] numbers = new double[order * order];
        read(index, 1, numbers);
        return HostArray.copyOf(numbers, type().dataType(), order, order);
    }

    @Override
    public RowSource rows() {
        return RowSource.of(count(), this::read);
    }

    private void read(long first, int count, double[] into) {
        // A single one has several rows in the file, or as many as it has numbers.
        long from = single ? 0 : first;
        long some = single ? reader.rows() : count;
        if (packed) {
            double[] triangles = new double[Math.toIntExact(count * Packing.length(order))];
            reader.readRows(from, some, triangles, 0);
            Packing.unpack(triangles, count, order, into);
        } else {
            reader.readRows(from, some, into, 0);
        }
    }

    @Override
    public Streaming streaming() {
        return this::copy;
    }

    private void copy(RowSource matrices, RowSink sink, Progress progress) {
        int numbers = order * order;
        int tile = (int) Math.max(1, BLOCK / Math.max(1, numbers));
        Workers.copy(matrices, sink, numbers, tile, Backend.get().settings().threads(), progress);
    }

    @Override
    public String engine() {
        return "none";
    }

    @Override
    public @Nullable KinkReport kinks(long first, long count) {
        return null;
    }

    @Override
    public void identify(Map<String, String> run) {
        run.put("hessians", file.fingerprint() + (packed ? ", packed" : ""));
    }

    @Override
    public void describe(Report report) {
        report.text("Spectrum of " + file + " " + Words.shape(reader.shape()));
        report.field("hessians", file.toString());
    }

    @Override
    public void close() {
        reader.close();
    }
}
