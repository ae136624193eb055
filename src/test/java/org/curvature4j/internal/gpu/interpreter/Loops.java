package org.curvature4j.internal.gpu.interpreter;

import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/** Steps that do the same to every lane. */
final class Loops {
    private Loops() {}

    @FunctionalInterface
    interface Ternary {
        long of(long a, long b, long c);
    }

    @FunctionalInterface
    interface Comparison {
        boolean of(long a, long b);
    }

    static Step unary(int d, int a, LongUnaryOperator operation) {
        return (frame, lanes, n) -> {
            long[] x = frame.r[a];
            long[] z = frame.r[d];
            for (int k = 0; k < n; k++) {
                z[lanes[k]] = operation.applyAsLong(x[lanes[k]]);
            }
        };
    }

    static Step binary(int d, int a, int b, LongBinaryOperator operation) {
        return (frame, lanes, n) -> {
            long[] x = frame.r[a];
            long[] y = frame.r[b];
            long[] z = frame.r[d];
            for (int k = 0; k < n; k++) {
                z[lanes[k]] = operation.applyAsLong(x[lanes[k]], y[lanes[k]]);
            }
        };
    }

    static Step ternary(int d, int a, int b, int c, Ternary operation) {
        return (frame, lanes, n) -> {
            long[] x = frame.r[a];
            long[] y = frame.r[b];
            long[] w = frame.r[c];
            long[] z = frame.r[d];
            for (int k = 0; k < n; k++) {
                z[lanes[k]] = operation.of(x[lanes[k]], y[lanes[k]], w[lanes[k]]);
            }
        };
    }

    static Step move(int d, int a) {
        return (frame, lanes, n) -> {
            long[] x = frame.r[a];
            long[] z = frame.r[d];
            for (int k = 0; k < n; k++) {
                z[lanes[k]] = x[lanes[k]];
            }
        };
    }

    // The few that most of the time goes into have loops of their own, which the JVM's compiler inlines into.

    static Step addF64(int d, int a, int b) {
        return (frame, lanes, n) -> {
            long[] x = frame.r[a];
            long[] y = frame.r[b];
            long[] z = frame.r[d];
            for (int k = 0; k < n; k++) {
                int i = lanes[k];
                z[i] = Double.doubleToLongBits(Double.longBitsToDouble(x[i]) + Double.longBitsToDouble(y[i]));
            }
        };
    }

    static Step subF64(int d, int a, int b) {
        return (frame, lanes, n) -> {
            long[] x = frame.r[a];
            long[] y = frame.r[b];
            long[] z = frame.r[d];
            for (int k = 0; k < n; k++) {
                int i = lanes[k];
                z[i] = Double.doubleToLongBits(Double.longBitsToDouble(x[i]) - Double.longBitsToDouble(y[i]));
            }
        };
    }

    static Step mulF64(int d, int a, int b) {
        return (frame, lanes, n) -> {
            long[] x = frame.r[a];
            long[] y = frame.r[b];
            long[] z = frame.r[d];
            for (int k = 0; k < n; k++) {
                int i = lanes[k];
                z[i] = Double.doubleToLongBits(Double.longBitsToDouble(x[i]) * Double.longBitsToDouble(y[i]));
            }
        };
    }

    static Step fmaF64(int d, int a, int b, int c) {
        return (frame, lanes, n) -> {
            long[] x = frame.r[a];
            long[] y = frame.r[b];
            long[] w = frame.r[c];
            long[] z = frame.r[d];
            for (int k = 0; k < n; k++) {
                int i = lanes[k];
                z[i] = Double.doubleToLongBits(Math.fma(
                        Double.longBitsToDouble(x[i]), Double.longBitsToDouble(y[i]), Double.longBitsToDouble(w[i])));
            }
        };
    }

    static Step addS64(int d, int a, int b) {
        return (frame, lanes, n) -> {
            long[] x = frame.r[a];
            long[] y = frame.r[b];
            long[] z = frame.r[d];
            for (int k = 0; k < n; k++) {
                int i = lanes[k];
                z[i] = x[i] + y[i];
            }
        };
    }
}
