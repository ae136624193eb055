package org.curvature4j.internal.engine.loops;

import java.util.Arrays;
import java.util.List;
import org.curvature4j.internal.engine.program.Slot;
import org.curvature4j.internal.engine.program.Step;
import org.curvature4j.op.Einsum;
import org.jspecify.annotations.Nullable;

/**
 * A contraction whose last axis, the batch, is common to both operands and the result, without the products in between.
 * Terms are added in {@link #LANES} sums side by side, which make the batch's rows longer: HotSpot's vector code has a
 * scalar prologue and epilogue, and rows of 64 numbers would be nothing else. Rows are copied to begin at the start of a
 * Java array, since it vectorises only what is read and written at one index. As many points are computed at once as leave
 * all terms of one row of the result in the first cache, where the row's elements find them again. In which order terms are
 * added doesn't depend on the batch.
 */
final class HeapContraction implements Step {
    /** Terms that are added side by side. */
    static final int LANES = 4;

    /** Numbers of which half a processor's first cache is full. */
    private static final int HALF_CACHE = 1 << 11;

    /** Fewer points aren't worth a copy. */
    private static final int FEWEST = 32;

    private final HeapArray z;
    private final boolean symmetric;

    /** Whether the triangle below the diagonal is the one that is computed, rows being weighted in place of columns. */
    private final boolean lower;

    private final ContractionSide left;
    private final ContractionSide right;
    private final @Nullable ContractionSide weights;
    private final int[] stacks;
    private final int[] rows;
    private final int[] columns;
    private final int length;
    private final int part;
    private final double[] sums;
    private final double[][] row;

    /**
     * @param symmetric whether rows and columns of the result may change places
     * @param w what multiplies one of the operands, which are the same then, and lacks the axis of the result's rows
     * @param weightsLeft which of them
     */
    HeapContraction(
            Einsum labels,
            boolean symmetric,
            HeapArray a,
            HeapArray b,
            @Nullable HeapArray w,
            boolean weightsLeft,
            HeapArray z) {
        this.lower = w != null && !weightsLeft;
        this.z = z;
        this.symmetric = symmetric;
        String result = labels.result();
        String core = result.substring(0, result.length() - 1);
        String stack = keep(keep(core, labels.left()), labels.right());
        String rowLabels = drop(core, labels.right());
        String column = drop(core, labels.left());
        String summed = drop(labels.left(), result);
        this.length = Math.toIntExact(z.shape().dim(z.shape().rank() - 1));
        this.left = new ContractionSide(a, labels.left(), stack, rowLabels, summed);
        this.right = new ContractionSide(b, labels.right(), stack, column, summed);
        this.weights = w == null ? null : new ContractionSide(w, labels.left(), stack, "", summed);
        boolean again = left.cells() > 1 || right.cells() > 1;
        this.part = again ? part(length, left.terms()) : length;
        this.stacks = ContractionSide.offsets(z, result, stack, z.from());
        this.rows = ContractionSide.offsets(z, result, rowLabels, 0);
        this.columns = ContractionSide.offsets(z, result, column, 0);
        this.sums = HeapPool.allocate(LANES * part);
        this.row = left.memory(part);
        right.allocate(part);
        if (weights != null) {
            weights.allocate(part);
        }
    }

    /** Points that are computed at once: a part of all, the last as many as the first. */
    private static int part(int length, int terms) {
        int wanted = Math.max(FEWEST, HALF_CACHE / Math.max(1, terms));
        int parts = (length + wanted - 1) / wanted;
        while (length % parts != 0) {
            parts++;
        }
        return length / parts;
    }

    private static String keep(String labels, String wanted) {
        return filter(labels, wanted, true);
    }

    private static String drop(String labels, String unwanted) {
        return filter(labels, unwanted, false);
    }

    private static String filter(String labels, String others, boolean contained) {
        return labels.chars()
                .filter(label -> others.indexOf(label) >= 0 == contained)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public void run() {
        for (int stack = 0; stack < stacks.length; stack++) {
            for (int point = 0; point < length; point += part) {
                right.load(stack, point, part);
                if (weights != null) {
                    weights.load(stack, point, part);
                }
                for (int i = 0; i < rows.length; i++) {
                    loadRow(stack, i, point);
                    int end = lower ? i + 1 : columns.length;
                    for (int j = symmetric && !lower ? i : 0; j < end; j++) {
                        dot(row, right.blocks(j));
                        int to = stacks[stack] + rows[i] + columns[j] + point;
                        collect(sums, part, z.values(), to);
                        if (symmetric && i != j) {
                            int mirrored = stacks[stack] + rows[j] + columns[i] + point;
                            System.arraycopy(z.values(), to, z.values(), mirrored, part);
                        }
                    }
                }
            }
        }
    }

    private void loadRow(int stack, int i, int point) {
        if (weights == null) {
            left.load(stack, i, point, part, row);
            return;
        }
        for (int block = 0; block < row.length; block++) {
            multiply(right.blocks(i)[block], weights.blocks(0)[block], row[block], LANES * part);
        }
    }

    private static void multiply(double[] x, double[] y, double[] z, int size) {
        for (int i = 0; i < size; i++) {
            z[i] = x[i] * y[i];
        }
    }

    private void dot(double[][] x, double[][] y) {
        int size = LANES * part;
        int k = x.length % 3;
        if (k == 0) {
            Arrays.fill(sums, 0);
        } else if (k == 1) {
            begin(x[0], y[0], sums, size);
        } else {
            begin(x[0], y[0], x[1], y[1], sums, size);
        }
        for (; k < x.length; k += 3) {
            add(x[k], y[k], x[k + 1], y[k + 1], x[k + 2], y[k + 2], sums, size);
        }
    }

    /** Three at a time: with more in one loop, HotSpot doesn't vectorise it; with fewer, memory is slower. */
    private static void add(
            double[] a, double[] b, double[] c, double[] d, double[] e, double[] f, double[] sums, int size) {
        for (int i = 0; i < size; i++) {
            sums[i] = Math.fma(e[i], f[i], Math.fma(c[i], d[i], Math.fma(a[i], b[i], sums[i])));
        }
    }

    private static void begin(double[] a, double[] b, double[] sums, int size) {
        for (int i = 0; i < size; i++) {
            sums[i] = Math.fma(a[i], b[i], 0.0);
        }
    }

    private static void begin(double[] a, double[] b, double[] c, double[] d, double[] sums, int size) {
        for (int i = 0; i < size; i++) {
            sums[i] = Math.fma(c[i], d[i], Math.fma(a[i], b[i], 0.0));
        }
    }

    private static void collect(double[] sums, int length, double[] z, int to) {
        for (int i = 0; i < length; i++) {
            z[to + i] = (sums[i] + sums[length + i]) + (sums[2 * length + i] + sums[3 * length + i]);
        }
    }

    /** Java memory for the copies, in bytes. */
    static long bytes(List<Slot> inputs) {
        return 2L
                * Double.BYTES
                * inputs.stream().mapToLong(input -> input.type().size()).sum();
    }
}
