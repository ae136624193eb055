package org.curvature4j.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.random.StandardNormal;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Rows of an array of any rank from 1 up: its slices along the first axis. */
final class Examples {
    private static final int BLOCK = 1 << 12;

    private Examples() {}

    /** A view of rows that follow each other; the array itself where these are all. */
    static INDArray view(INDArray array, long from, long count) {
        return count == array.size(0) ? array : array.get(NDArrayIndex.interval(from, from + count));
    }

    /** A new row-major array of these rows, in this order, which outlives workspaces. */
    static INDArray pick(INDArray array, int[] rows) {
        // ND4J hands out its own.
        long[] shape = array.shape().clone();
        long each = array.length() / shape[0];
        shape[0] = rows.length;
        return HostArray.outsideWorkspaces(() -> {
            INDArray matrix = array.reshape('c', array.size(0), each);
            return Nd4j.pullRows(matrix, 1, rows).reshape('c', shape);
        });
    }

    /**
     * A permutation of 0 to {@code count - 1}: the order of normal numbers of the seed, which are as good as distinct
     * (where two agree, the lower index comes first).
     */
    static int[] shuffled(int count, long seed) {
        double[] keys = new double[count];
        StandardNormal.fill(seed, 0, keys, 0, count);
        return IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> keys[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * The position, row-major, of the first number that isn't finite; -1 where all are.
     *
     * @throws IllegalArgumentException if an element isn't a number that float64 holds
     */
    static long firstNotFinite(String name, INDArray array) {
        try (HostArray numbers = HostArray.reading(name, array)) {
            double[] block = new double[BLOCK];
            for (long from = 0; from < array.length(); from += BLOCK) {
                int some = (int) Math.min(BLOCK, array.length() - from);
                numbers.read(from, block, some);
                for (int i = 0; i < some; i++) {
                    if (!Double.isFinite(block[i])) {
                        return from + i;
                    }
                }
            }
            return -1;
        }
    }

    /** A shape as messages show it. */
    static String shape(INDArray array) {
        return Arrays.toString(array.shape());
    }
}
