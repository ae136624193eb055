package org.curvature4j.internal.engine.code;

import static java.lang.Math.abs;

/** 1 / (1 + e^-x); 0 where e^-x overflows, from about 5e-309 down. */
final class Sigmoid extends Blockwise {
    @Override
    public double of(double x) {
        return sigmoid(x);
    }

    static double sigmoid(double x) {
        return 1 / (1 + Exponential.exp(-x));
    }

    @Override
    boolean fits(double x) {
        return abs(x) < Exponential.BOUND;
    }

    @Override
    boolean pass(Scratch scratch, int length) {
        boolean fit = areAllBelow(Exponential.BOUND, scratch.x, length);
        negate(scratch.x, length);
        Exponential.pass(scratch.x, scratch.a, length);
        divide(scratch.x, length);
        return fit;
    }

    private static void negate(double[] x, int length) {
        for (int i = 0; i < length; i++) {
            x[i] = -x[i];
        }
    }

    private static void divide(double[] exponential, int length) {
        for (int i = 0; i < length; i++) {
            exponential[i] = 1 / (1 + exponential[i]);
        }
    }
}
