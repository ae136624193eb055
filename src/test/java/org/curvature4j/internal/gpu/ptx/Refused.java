package org.curvature4j.internal.gpu.ptx;

import java.util.function.DoubleUnaryOperator;

/** What isn't for devices. */
final class Refused {
    private static double changing = 1;

    private Refused() {}

    static void objects(double[] x) {
        x[0] = new StringBuilder().length();
    }

    static void text(double[] x) {
        x[0] = "x".length();
    }

    static void throwing(double[] x) {
        if (x[0] < 0) {
            throw new IllegalStateException();
        }
    }

    static void recursive(double[] x) {
        if (x[0] > 0) {
            recursive(x);
        }
    }

    static void twice(double[] x) {
        thrice(x);
    }

    static void thrice(double[] x) {
        twice(x);
    }

    static void jdk(double[] x) {
        x[0] = Math.exp(x[0]);
    }

    static void changing(double[] x) {
        x[0] = changing;
    }

    static void written(double[] x) {
        changing = x[0];
    }

    static void length(double[] x, int n) {
        double[] own = new double[n];
        x[0] = own[0];
    }

    static void lengthOf(double[] x) {
        x[0] = x.length;
    }

    static void remainder(double[] x) {
        x[0] = x[0] % 2;
    }

    static void lambda(double[] x) {
        DoubleUnaryOperator twice = number -> 2 * number;
        x[0] = twice.applyAsDouble(x[0]);
    }

    static void bytes(double[] x) {
        byte[] bytes = new byte[2];
        x[0] = bytes[1];
    }

    static void matrix(double[] x) {
        double[][] matrix = new double[2][2];
        x[0] = matrix[1][1];
    }

    static double result(double[] x) {
        return x[0];
    }
}
