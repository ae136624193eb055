package org.curvature4j.internal.engine.nd4j;

import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.internal.engine.program.Step;
import org.curvature4j.internal.host.NativeDoubles;
import org.curvature4j.op.Kernels;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sums and largest of float64 numbers over the first axes or the last ones, by loops over blocks in Java arrays. ND4J takes 3 ns a
 * number over the first axis, and 100 to 250 microseconds for a few thousand numbers over the last, or of a few columns.
 */
final class RowSteps {
    /** Numbers read at a time: two such blocks fit the first cache. */
    private static final int BLOCK = 1024;

    /** Columns from which loops over them are worth it. */
    private static final int FEWEST = 4;

    private RowSteps() {}

    private static boolean can(INDArray x, INDArray z) {
        return z.dataType() == DataType.DOUBLE
                && !x.isEmpty()
                && !z.isEmpty()
                && Nd4j.getEnvironment().isCPU();
    }

    /** Whether these are the first axes, followed by rows that are worth a loop. */
    static boolean canColumns(INDArray x, INDArray z, List<Integer> axes) {
        return can(x, z) && z.length() >= FEWEST && contains(axes, 0, axes.size());
    }

    /** Whether these are the last axes. */
    static boolean canRows(INDArray x, INDArray z, List<Integer> axes) {
        return can(x, z) && x.length() / z.length() <= BLOCK && contains(axes, x.rank() - axes.size(), x.rank());
    }

    private static boolean contains(List<Integer> axes, int from, int to) {
        return IntStream.range(from, to).allMatch(axes::contains);
    }

    /** Some columns over the first axes, row joined to row. */
    static Step columns(Kernels.Reduction reduction, INDArray x, INDArray z, long from, long size) {
        NativeDoubles numbers = NativeDoubles.of(x);
        NativeDoubles sums = NativeDoubles.of(z);
        long length = z.length();
        long rows = x.length() / length;
        double[] sum = new double[BLOCK];
        double[] some = new double[BLOCK];
        // Short rows that lie together are read together: a read of a few numbers takes longer than to add them.
        int together = size == length ? (int) Math.max(1, BLOCK / length) : 1;
        return () -> {
            for (long column = from; column < from + size; column += BLOCK) {
                int count = (int) Math.min(BLOCK, from + size - column);
                numbers.read(column, sum, 0, count);
                for (long i = 1; i < rows; i += together) {
                    int read = (int) Math.min(together, rows - i);
                    numbers.read(i * length + column, some, 0, read * count);
                    for (int k = 0; k < read; k++) {
                        join(reduction, some, k * count, sum, count);
                    }
                }
                sums.write(column, sum, 0, count);
            }
        };
    }

    private static void join(Kernels.Reduction reduction, double[] x, int from, double[] all, int count) {
        switch (reduction) {
            case SUM -> add(x, from, all, count);
            case MAX -> largest(x, from, all, count);
        }
    }

    private static void add(double[] x, int from, double[] sums, int count) {
        for (int i = 0; i < count; i++) {
            sums[i] += x[from + i];
        }
    }

    private static void largest(double[] x, int from, double[] most, int count) {
        for (int i = 0; i < count; i++) {
            most[i] = Math.max(most[i], x[from + i]);
        }
    }

    /** Some rows over the last axes. */
    static Step rows(Kernels.Reduction reduction, INDArray x, INDArray z, long from, long size) {
        NativeDoubles numbers = NativeDoubles.of(x);
        NativeDoubles sums = NativeDoubles.of(z);
        int length = Math.toIntExact(x.length() / z.length());
        int together = BLOCK / length;
        double[] block = new double[together * length];
        double[] sum = new double[together];
        return () -> {
            for (long row = from; row < from + size; row += together) {
                int count = (int) Math.min(together, from + size - row);
                numbers.read(row * length, block, 0, count * length);
                for (int i = 0; i < count; i++) {
                    sum[i] = switch (reduction) {
                        case SUM -> sum(block, i * length, length);
                        case MAX -> largest(block, i * length, length);
                    };
                }
                sums.write(row, sum, 0, count);
            }
        };
    }

    private static double sum(double[] x, int from, int count) {
        double sum = 0;
        for (int k = from; k < from + count; k++) {
            sum += x[k];
        }
        return sum;
    }

    private static double largest(double[] x, int from, int count) {
        double most = Double.NEGATIVE_INFINITY;
        for (int k = from; k < from + count; k++) {
            most = Math.max(most, x[k]);
        }
        return most;
    }
}
