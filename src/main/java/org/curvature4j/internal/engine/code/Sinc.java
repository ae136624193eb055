package org.curvature4j.internal.engine.code;

import static java.lang.Math.abs;

/**
 * Derivatives of the normalised cardinal sine, sin(pi x) / (pi x). With y = pi x and g(y) = sin(y) / y,
 * differentiating y g(y) = sin y gives y g^(n) + n g^(n-1) = sin(y + n pi / 2): a recurrence that is stable upwards where y
 * exceeds n, and downwards from 0 below, where it holds to the last digits at and near 0 too.
 */
final class Sinc {
    private Sinc() {}

    /**
     * The derivative of an order: the function itself for 0. Errors are a few units in the last place of the largest
     * value, pi^n / (n + 1); of the value itself for order 0.
     *
     * @return NaN where the order isn't a whole number from 0 on
     */
    static double of(double order, double x) {
        if (!(order >= 0 && order == Math.rint(order)) || Double.isNaN(x)) {
            return Double.NaN;
        }
        double y = Math.PI * x;
        if (order == 0) {
            return value(x, y);
        } else if (Double.isInfinite(y)) {
            return 0;
        }
        int n = (int) order;
        return Math.pow(Math.PI, n) * (abs(y) > n + 1 ? upwards(n, x, y) : downwards(n, x, y));
    }

    /** What rounding took from y = pi x is given back to the quotient. */
    private static double value(double x, double y) {
        if (abs(x) <= 0.25) {
            return 1 - Sinusoid.gap(y * y);
        } else if (Double.isInfinite(y)) {
            return 0;
        }
        double quotient = HalfTurns.sin(x) / y;
        return quotient - quotient * (HalfTurns.rest(x, y) / y);
    }

    private static double upwards(int n, double x, double y) {
        double value = value(x, y);
        for (int k = 1; k <= n; k++) {
            value = (turned(k, x) - k * value) / y;
        }
        return value;
    }

    private static double downwards(int n, double x, double y) {
        int start = n + 1;
        for (double share = 1; share > 1e-18; start++) {
            share *= abs(y) / start;
        }
        double value = 0;
        for (int k = start; k > n; k--) {
            value = (turned(k, x) - y * value) / k;
        }
        return value;
    }

    /** sin(pi x + k pi / 2). */
    private static double turned(int k, double x) {
        double value = k % 2 == 0 ? HalfTurns.sin(x) : HalfTurns.cos(x);
        return k % 4 < 2 ? value : -value;
    }
}
