package org.curvature4j.internal.engine.code;

/** The functions that are computed for many numbers at once, by the names of their operations. */
public final class ArrayFunctions {
    public static final Blockwise EXP = new Exponential();
    public static final Blockwise LOG = new Logarithm();
    public static final Blockwise SIN = new Sinusoid(0);
    public static final Blockwise COS = new Sinusoid(1);
    public static final Blockwise TANH = new Tanh();
    public static final Blockwise SIGMOID = new Sigmoid();
    public static final Blockwise SOFTPLUS = new Softplus();

    private ArrayFunctions() {}
}
