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
 * Sums of float64 numbers over the first axes or the last ones, by loops over blocks in Java arrays. ND4J takes 3 ns a
 * number over the first axis, and 100 microseconds for a few thousand numbers over the last.
 */
final class SumSteps {
    /** Columns summed at a time: two rows of a block fit the first cache. */
    private static final int BLOCK = 1024;

    private SumSteps() {}

    private static boolean can(Kernels.Reduction reduction, INDArray x, INDArray z) {
        return reduction == Kernels.Reduction.SUM
                && z.dataType() == DataType.DOUBLE
                && !x.isEmpty()
                && !z.isEmpty()
                && Nd4j.getEnvironment().isCPU();
    }

    /** Whether these are the first axes, followed by rows that are worth a loop. */
    static boolean canColumns(Kernels.Reduction reduction, INDArray x, INDArray z, List<Integer> axes) {
        return can(reduction, x, z) && z.length() >= 16 && contains(axes, 0, axes.size());
    }

    /** Whether these are the last axes. */
    static boolean canRows(Kernels.Reduction reduction, INDArray x, INDArray z, List<Integer> axes) {
        return can(reduction, x, z)
                && x.length() / z.length() <= BLOCK
                && contains(axes, x.rank() - axes.size(), x.rank());
    }

    private static boolean contains(List<Integer> axes, int from, int to) {
        return IntStream.range(from, to).allMatch(axes::contains);
    }

    /** Some columns' sums over the first axes, row added to row. */
    static Step columns(INDArray x, INDArray z, long from, long size) {
        NativeDoubles numbers = NativeDoubles.of(x);
        NativeDoubles sums = NativeDoubles.of(z);
        long length = z.length();
        long rows = x.length() / length;
        double[] sum = new double[BLOCK];
        double[] row = new double[BLOCK];
        return () -> {
            for (long column = from; column < from + size; column += BLOCK) {
                int count = (int) Math.min(BLOCK, from + size - column);
                numbers.read(column, sum, 0, count);
                for (long i = 1; i < rows; i++) {
                    numbers.read(i * length + column, row, 0, count);
                    add(row, sum, count);
                }
                sums.write(column, sum, 0, count);
            }
        };
    }

    private static void add(double[] x, double[] sums, int count) {
        for (int i = 0; i < count; i++) {
            sums[i] += x[i];
        }
    }

    /** Some rows' sums over the last axes. */
    static Step rows(INDArray x, INDArray z, long from, long size) {
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
                    double total = 0;
                    for (int k = i * length; k < (i + 1) * length; k++) {
                        total += block[k];
                    }
                    sum[i] = total;
                }
                sums.write(row, sum, 0, count);
            }
        };
    }
}
