package org.curvature4j.internal.engine.code;

/** What generated classes implement: an expression for each element of one point's result. */
public interface PointLoop {
    /**
     * Computes rows that lie one after the other.
     *
     * @param in the operands
     * @param at for each operand, where its numbers for each row begin
     * @param step for each operand, the distance from a point to the next, 0 if it doesn't depend on the point
     * @param point which
     * @param z the result
     * @param to the result's first index
     * @param length of a row
     */
    void run(double[][] in, int[][] at, int[] step, int point, double[] z, int to, int length);
}
