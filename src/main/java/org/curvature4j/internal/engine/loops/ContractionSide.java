package org.curvature4j.internal.engine.loops;

import static org.curvature4j.internal.engine.loops.HeapContraction.LANES;

import java.util.Arrays;
import java.util.List;
import org.curvature4j.graph.Strides;

/**
 * An operand of a contraction, and copies of its rows: for each of its cells, which are rows or columns of the result, blocks of
 * as many terms as lanes.
 */
final class ContractionSide {
    private final double[] from;
    private final int[] stacks;
    private final int[] cells;
    private final int[] terms;
    private double[][][] blocks = {};

    /**
     * @param labels of the array's axes
     * @param stack those that both operands and the result have
     * @param cell those that this operand and the result have
     * @param summed those that the result lacks
     */
    ContractionSide(HeapArray array, String labels, String stack, String cell, String summed) {
        this.from = array.values();
        this.stacks = offsets(array, labels, stack, array.from());
        this.cells = offsets(array, labels, cell, 0);
        this.terms = offsets(array, labels, summed, 0);
    }

    /** Where an array's elements lie along some of its axes. */
    static int[] offsets(HeapArray array, String labels, String wanted, int first) {
        List<Integer> axes = wanted.chars().mapToObj(labels::indexOf).toList();
        return Strides.of(array.shape()).axes(axes).after(first).positions();
    }

    int cells() {
        return cells.length;
    }

    int terms() {
        return terms.length;
    }

    /** Memory for the terms of one cell at so many points. */
    double[][] memory(int length) {
        double[][] cell = new double[(terms.length + LANES - 1) / LANES][];
        Arrays.setAll(cell, block -> HeapPool.allocate(LANES * length));
        return cell;
    }

    /** Memory for all cells at so many points. */
    void allocate(int length) {
        blocks = new double[cells.length][][];
        Arrays.setAll(blocks, cell -> memory(length));
    }

    /** A cell that was loaded. */
    double[][] blocks(int cell) {
        return blocks[cell];
    }

    /** All cells at some points. */
    void load(int stack, int point, int length) {
        for (int cell = 0; cell < cells.length; cell++) {
            load(stack, cell, point, length, blocks[cell]);
        }
    }

    /** One cell at some points, into memory for as many. */
    void load(int stack, int cell, int point, int length, double[][] to) {
        int first = stacks[stack] + cells[cell] + point;
        for (int term = 0; term < terms.length; term++) {
            System.arraycopy(from, first + terms[term], to[term / LANES], term % LANES * length, length);
        }
    }
}
