package org.curvature4j.io;

import java.nio.file.Files;
import java.nio.file.Path;
import org.curvature4j.stream.RowSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Points that can be had by ranges, in any order and from several threads at once, so that an experiment needs memory
 * for a tile of them only: a file ({@link NpyReader}) or a generator ({@link RandomPoints}).
 */
public interface PointSource extends AutoCloseable {
    /**
     * The points of a {@code .npy} file, or of all such files of a folder in the order of their names.
     *
     * @return the caller closes it
     * @throws DataFileException if there are none that can be read
     */
    static PointSource open(Path fileOrFolder) {
        return Files.isDirectory(fileOrFolder) ? NpyFolder.open(fileOrFolder) : NpyReader.open(fileOrFolder);
    }

    /** The shape of all of them together: their number, and the shape of one. */
    default long[] shape() {
        return RowRanges.of(rows(), rowShape());
    }

    /** How many points there are. */
    long rows();

    /** The shape of one point; empty for numbers. */
    long[] rowShape();

    /** Numbers a point. */
    long rowLength();

    /** The type that {@link #readRows(long, long)} gives. */
    NpyType type();

    /**
     * Points {@code first} to {@code first + count - 1}.
     *
     * @return a new array in C order of shape [count, rowShape...], owned by the caller
     * @throws IllegalArgumentException if there are no such points
     */
    INDArray readRows(long first, long count);

    /**
     * The same points as float64, in C order.
     *
     * @param into takes {@code count * rowLength()} numbers from {@code offset} on
     * @throws IllegalArgumentException if there are no such points, or the array is too short
     */
    void readRows(long first, long count, double[] into, int offset);

    /**
     * These points as what functions stream: what is read of it is what {@link #readRows(long, long, double[], int)} gives.
     * Random points are made where they are used, on a GPU too.
     *
     * @return usable as long as this is open
     */
    default RowSource source() {
        return RowSource.of(rows(), (first, count, into) -> readRows(first, count, into, 0));
    }

    /** Closes the file, if there is one. */
    @Override
    void close();
}
