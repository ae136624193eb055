package org.curvature4j.cli;

import java.nio.file.Path;
import org.curvature4j.host.Progress;
import org.curvature4j.host.RowSource;
import org.curvature4j.io.NpyReader;
import org.curvature4j.io.NpyType;
import org.curvature4j.spectrum.SpectraSink;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Matrices of a file, [n, n] or [B, n, n]. */
final class FileMatrices implements Matrices {
    /** The largest whose entries fit a Java array. */
    private static final long LARGEST = 46_340;

    private final Path file;
    private final NpyReader reader;
    private final boolean single;
    private final int order;

    private FileMatrices(Path file, NpyReader reader) {
        this.file = file;
        this.reader = reader;
        long[] shape = reader.shape();
        int rank = shape.length;
        if ((rank != 2 && rank != 3) || shape[rank - 1] != shape[rank - 2] || shape[rank - 1] > LARGEST) {
            throw new IllegalArgumentException("hessians: expected [n, n] or [B, n, n] of at most " + LARGEST
                    + " rows, got " + Words.shape(shape) + " in " + file);
        }
        single = rank == 2;
        order = (int) shape[rank - 1];
    }

    static FileMatrices open(Path file) {
        NpyReader reader = NpyReader.open(file);
        try {
            return new FileMatrices(file, reader);
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
        INDArray rows = single ? reader.read() : reader.readRows(index, 1).reshape(order, order);
        return rows.dataType() == type().dataType() ? rows : rows.castTo(type().dataType());
    }

    @Override
    public void stream(SpectraSink sink, Progress progress) {
        RowSource rows = new RowSource() {
            @Override
            public long rows() {
                return count();
            }

            @Override
            public void read(long first, int some, double[] into) {
                reader.readRows(single ? 0 : first, single ? order : some, into, 0);
            }
        };
        sink.takeAll(rows, progress);
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
