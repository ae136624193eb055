package org.curvature4j.internal.engine.loops;

import java.util.Arrays;
import java.util.List;
import org.curvature4j.graph.Strides;
import org.curvature4j.internal.engine.program.Slot;
import org.curvature4j.internal.engine.program.Step;
import org.curvature4j.op.Einsum;

/**
 * A contraction whose last axis, the batch, is common to both operands and the result, without the products in between.
 * Terms are added in {@link #LANES} sums side by side, which make the batch's rows longer: HotSpot's vector code has a
 * scalar prologue and epilogue, and rows of 64 numbers would be nothing else. Rows are copied to begin at the start of a
 * Java array, since it vectorises only what is read and written at one index. In which order terms are added doesn't
 * depend on the batch.
 */
final class HeapContraction implements Step {
    private static final int LANES = 4;

    private final HeapArray z;
    private final boolean symmetric;
    private final Side left;
    private final Side right;
    private final int[] stacks;
    private final int[] rows;
    private final int[] columns;
    private final int length;
    private final double[] sums;

    /** @param symmetric whether rows and columns of the result may change places */
    HeapContraction(Einsum labels, boolean symmetric, HeapArray a, HeapArray b, HeapArray z) {
        this.z = z;
        this.symmetric = symmetric;
        String result = labels.result();
        String core = result.substring(0, result.length() - 1);
        String stack = keep(keep(core, labels.left()), labels.right());
        String row = drop(core, labels.right());
        String column = drop(core, labels.left());
        String summed = drop(labels.left(), result);
        this.length = Math.toIntExact(z.shape().dim(z.shape().rank() - 1));
        this.left = new Side(a, labels.left(), stack, row, summed, length);
        this.right = new Side(b, labels.right(), stack, column, summed, length);
        this.stacks = offsets(z, result, stack, z.from());
        this.rows = offsets(z, result, row, 0);
        this.columns = offsets(z, result, column, 0);
        this.sums = HeapPool.allocate(LANES * length);
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

    /** Where an array's elements lie along some of its axes. */
    private static int[] offsets(HeapArray array, String labels, String wanted, int first) {
        List<Integer> axes = wanted.chars().mapToObj(labels::indexOf).toList();
        return Strides.of(array.shape()).axes(axes).after(first).positions();
    }

    /** An operand, and copies of its rows: for each row or column of the result, blocks of as many terms as lanes. */
    private static final class Side {
        private final double[] from;
        private final int[] stacks;
        private final int[] cells;
        private final int[] terms;
        private final int length;
        private final double[][][] blocks;

        Side(HeapArray array, String labels, String stack, String cell, String summed, int length) {
            this.from = array.values();
            this.stacks = offsets(array, labels, stack, array.from());
            this.cells = offsets(array, labels, cell, 0);
            this.terms = offsets(array, labels, summed, 0);
            this.length = length;
            this.blocks = new double[cells.length][(terms.length + LANES - 1) / LANES][];
            for (double[][] cellBlocks : blocks) {
                Arrays.setAll(cellBlocks, block -> HeapPool.allocate(LANES * length));
            }
        }

        void load(int stack) {
            for (int cell = 0; cell < cells.length; cell++) {
                int first = stacks[stack] + cells[cell];
                for (int term = 0; term < terms.length; term++) {
                    System.arraycopy(
                            from, first + terms[term], blocks[cell][term / LANES], term % LANES * length, length);
                }
            }
        }
    }

    @Override
    public void run() {
        for (int stack = 0; stack < stacks.length; stack++) {
            left.load(stack);
            right.load(stack);
            for (int i = 0; i < rows.length; i++) {
                for (int j = symmetric ? i : 0; j < columns.length; j++) {
                    dot(left.blocks[i], right.blocks[j]);
                    int to = stacks[stack] + rows[i] + columns[j];
                    collect(sums, length, z.values(), to);
                    if (symmetric && i != j) {
                        System.arraycopy(z.values(), to, z.values(), stacks[stack] + rows[j] + columns[i], length);
                    }
                }
            }
        }
    }

    private void dot(double[][] x, double[][] y) {
        int size = LANES * length;
        Arrays.fill(sums, 0);
        int k = 0;
        for (; k + 2 < x.length; k += 3) {
            add(x[k], y[k], x[k + 1], y[k + 1], x[k + 2], y[k + 2], sums, size);
        }
        for (; k < x.length; k++) {
            add(x[k], y[k], sums, size);
        }
    }

    /** Three at a time: with more in one loop, HotSpot doesn't vectorise it; with fewer, memory is slower. */
    private static void add(
            double[] a, double[] b, double[] c, double[] d, double[] e, double[] f, double[] sums, int size) {
        for (int i = 0; i < size; i++) {
            sums[i] = Math.fma(e[i], f[i], Math.fma(c[i], d[i], Math.fma(a[i], b[i], sums[i])));
        }
    }

    private static void add(double[] x, double[] y, double[] sums, int size) {
        for (int i = 0; i < size; i++) {
            sums[i] = Math.fma(x[i], y[i], sums[i]);
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
