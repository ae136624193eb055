package org.curvature4j.io;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import org.curvature4j.internal.random.StandardNormal;
import org.curvature4j.stream.RowSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Standard normal points drawn from a seed. Point {@code i} consists of numbers {@code i * rowLength} and following of
 * {@link StandardNormal}'s stream, so that any range of points is the same whatever was drawn before.
 */
public final class RandomPoints implements PointSource {
    private final long seed;
    private final long rows;
    private final long[] rowShape;
    private final long rowLength;

    private RandomPoints(long seed, long rows, long[] rowShape) {
        this.seed = seed;
        this.rows = rows;
        this.rowShape = rowShape.clone();
        this.rowLength = RowRanges.product(rowShape);
    }

    /**
     * Points of a seed.
     *
     * @param rows how many
     * @param rowShape the shape of one point; empty for numbers
     * @throws IllegalArgumentException if a size is negative, or the points are more than an index can count
     */
    public static RandomPoints of(long seed, long rows, long... rowShape) {
        String problem = NpyHeader.problem(RowRanges.of(rows, rowShape), NpyType.FLOAT64);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("random points: " + problem);
        }
        return new RandomPoints(seed, rows, rowShape);
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public long[] rowShape() {
        return rowShape.clone();
    }

    @Override
    public long rowLength() {
        return rowLength;
    }

    @Override
    public NpyType type() {
        return NpyType.FLOAT64;
    }

    @Override
    public INDArray readRows(long first, long count) {
        RowRanges.checkRange(first, count, rows);
        INDArray array = Nd4j.createUninitializedDetached(type().dataType(), 'c', RowRanges.of(count, rowShape));
        if (!array.isEmpty()) {
            long[] next = {first * rowLength};
            HostMemory.write(array, window -> {
                DoubleBuffer numbers = window.asDoubleBuffer();
                while (numbers.hasRemaining()) {
                    numbers.put(StandardNormal.value(seed, next[0]++));
                }
            });
        }
        return array;
    }

    @Override
    public void readRows(long first, long count, double[] into, int offset) {
        RowRanges.checkRange(first, count, rows);
        int elements = RowRanges.checkRoom(count, rowLength, into.length - (long) offset);
        StandardNormal.fill(seed, first * rowLength, into, offset, elements);
    }

    @Override
    public RowSource source() {
        return rowLength > Integer.MAX_VALUE ? PointSource.super.source() : new RandomRows(seed, rows, (int) rowLength);
    }

    /** Does nothing: there is nothing to close. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return rows + " standard normal points of shape " + Arrays.toString(rowShape) + ", seed " + seed;
    }
}
