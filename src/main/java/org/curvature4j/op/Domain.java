package org.curvature4j.op;

/**
 * Where an operation is smooth enough to be checked against finite differences: the open interval that samples of each
 * operand are drawn from.
 */
public record Domain(double low, double high) {
    static final Domain REAL = new Domain(-2, 2);
    static final Domain POSITIVE = new Domain(0.3, 3);
    static final Domain UNIT = new Domain(-0.9, 0.9);
    static final Domain ABOVE_ONE = new Domain(1.2, 4);
}
