package org.curvature4j.internal.engine.loops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.program.Step;

/**
 * Sums or largest elements over axes, which stay at size 1: rows are added to rows, one after the other in row-major
 * order, so that a point's sum doesn't depend on how many points there are.
 */
final class RowReduction implements Step {
    private final double[] x;
    private final double[] z;
    private final int length;
    private final int[] targets;
    private final int[][] sources;
    private final boolean sum;

    RowReduction(HeapArray x, HeapArray z, List<Integer> axes, boolean sum) {
        this.x = x.values();
        this.z = z.values();
        this.sum = sum;
        Shape shape = x.shape();
        int outer = shape.rank();
        while (outer > 0 && !axes.contains(outer - 1)) {
            outer--;
        }
        this.length = Math.toIntExact(shape.sizeFrom(outer));
        int[] from = x.strides().leading(outer).positions();
        int[] to = z.strides().broadcast(shape).leading(outer).positions();
        this.targets = z.strides().leading(outer).positions();
        List<List<Integer>> groups = new ArrayList<>();
        Arrays.stream(targets).forEach(target -> groups.add(new ArrayList<>()));
        for (int row = 0; row < from.length && length > 0; row++) {
            groups.get((to[row] - z.from()) / length).add(from[row]);
        }
        this.sources = groups.stream()
                .map(group -> group.stream().mapToInt(i -> i).toArray())
                .toArray(int[][]::new);
    }

    @Override
    public void run() {
        for (int group = 0; group < targets.length; group++) {
            int[] rows = sources[group];
            int target = targets[group];
            if (rows.length == 0) {
                Arrays.fill(z, target, target + length, sum ? 0 : Double.NEGATIVE_INFINITY);
                continue;
            }
            System.arraycopy(x, rows[0], z, target, length);
            int row = 1;
            if (sum) {
                for (; row + 3 < rows.length; row += 4) {
                    add(x, rows[row], rows[row + 1], rows[row + 2], rows[row + 3], z, target, length);
                }
                for (; row < rows.length; row++) {
                    add(x, rows[row], z, target, length);
                }
            } else {
                for (; row < rows.length; row++) {
                    largest(x, rows[row], z, target, length);
                }
            }
        }
    }

    private static void add(double[] x, int a, int b, int c, int d, double[] z, int to, int length) {
        for (int i = 0; i < length; i++) {
            z[to + i] = z[to + i] + x[a + i] + x[b + i] + x[c + i] + x[d + i];
        }
    }

    static void add(double[] x, int from, double[] z, int to, int length) {
        for (int i = 0; i < length; i++) {
            z[to + i] += x[from + i];
        }
    }

    private static void largest(double[] x, int from, double[] z, int to, int length) {
        for (int i = 0; i < length; i++) {
            z[to + i] = Math.max(z[to + i], x[from + i]);
        }
    }
}
