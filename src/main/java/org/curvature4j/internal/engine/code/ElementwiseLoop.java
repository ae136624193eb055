package org.curvature4j.internal.engine.code;

/** What generated classes implement: an expression for each element of an array. */
public interface ElementwiseLoop {
    /**
     * Computes rows that lie one after the other. Operands are read at the result's own index, which lets the JIT see
     * that one iteration doesn't depend on another; those that don't change within a row once a row.
     *
     * @param in the operands
     * @param at for each operand that doesn't change within a row, where its number for each row is
     * @param z the result
     * @param from the result's first index
     * @param rows how many
     * @param length of a row
     */
    void run(double[][] in, int[][] at, double[] z, int from, int rows, int length);
}
