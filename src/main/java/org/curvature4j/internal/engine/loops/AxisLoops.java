package org.curvature4j.internal.engine.loops;

import java.util.Arrays;

/** Operations along one axis of an array of {@code outer} by {@code size} by {@code inner} elements. */
record AxisLoops(HeapArray x, HeapArray z, int outer, int size, int inner) {

    static AxisLoops of(HeapArray x, HeapArray z, int axis) {
        int inner = Math.toIntExact(x.shape().sizeFrom(axis + 1));
        int size = Math.toIntExact(x.shape().dim(axis));
        return new AxisLoops(x, z, z.size() == 0 ? 0 : x.size() / size / inner, size, inner);
    }

    /** The index of the first largest element. */
    void argMax() {
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < inner; i++) {
                int first = x.from() + o * size * inner + i;
                int best = 0;
                for (int k = 1; k < size; k++) {
                    best = x.values()[first + k * inner] > x.values()[first + best * inner] ? k : best;
                }
                z.values()[z.from() + o * inner + i] = best;
            }
        }
    }

    /** Sums of the elements so far, without the last of them or in reverse if asked. */
    void runningSum(boolean exclusive, boolean reverse) {
        double[] sums = z.values();
        int step = reverse ? -inner : inner;
        for (int o = 0; o < outer; o++) {
            int first = (o * size + (reverse ? size - 1 : 0)) * inner;
            int from = x.from() + first;
            int to = z.from() + first;
            if (exclusive) {
                Arrays.fill(sums, to, to + inner, 0);
            } else {
                System.arraycopy(x.values(), from, sums, to, inner);
            }
            for (int k = 1; k < size; k++) {
                int term = from + (exclusive ? k - 1 : k) * step;
                for (int i = 0; i < inner; i++) {
                    sums[to + k * step + i] = sums[to + (k - 1) * step + i] + x.values()[term + i];
                }
            }
        }
    }
}
