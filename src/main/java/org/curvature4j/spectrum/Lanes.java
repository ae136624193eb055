package org.curvature4j.spectrum;

/**
 * Arithmetic on the same number of many matrices, one a lane.
 *
 * <p>Each method is one loop without branches over a few arrays, small enough that HotSpot makes vector instructions of it:
 * its limit on unrolled loops (60 nodes) keeps longer bodies scalar, at three times the time.
 */
final class Lanes {

    private Lanes() {}

    /** target += x y. */
    static void addProduct(double[] target, double[] x, double[] y, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            target[lane] += x[lane] * y[lane];
        }
    }

    /** target = x y. */
    static void product(double[] target, double[] x, double[] y, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            target[lane] = x[lane] * y[lane];
        }
    }

    /** One entry a of a symmetric matrix times a vector v: pi += a vj, and pj += a vi. */
    static void addProducts(double[] pi, double[] pj, double[] a, double[] vi, double[] vj, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            pi[lane] += a[lane] * vj[lane];
            pj[lane] += a[lane] * vi[lane];
        }
    }

    /** target = f target - g v. */
    static void combine(double[] target, double[] f, double[] g, double[] v, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            target[lane] = f[lane] * target[lane] - g[lane] * v[lane];
        }
    }

    /** target -= x y. */
    static void subtractProduct(double[] target, double[] x, double[] y, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            target[lane] -= x[lane] * y[lane];
        }
    }

    /** target -= u x + v y. */
    static void subtractProducts(double[] target, double[] u, double[] x, double[] v, double[] y, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            target[lane] -= u[lane] * x[lane] + v[lane] * y[lane];
        }
    }

    /** The squares of a rotation that takes the root of e to zero by means of the root of p. */
    static void rotation(double[] cosine, double[] sine, double[] p, double[] e, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            double sum = p[lane] + e[lane];
            cosine[lane] = p[lane] / sum;
            sine[lane] = e[lane] / sum;
        }
    }

    /** target = s (p + e). */
    static void beside(double[] target, double[] s, double[] p, double[] e, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            target[lane] = s[lane] * (p[lane] + e[lane]);
        }
    }

    /** g becomes c (d - shift) - s g, and next what g lost in favour of d. */
    static void advance(double[] g, double[] next, double[] c, double[] s, double[] d, double[] shift, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            double after = c[lane] * (d[lane] - shift[lane]) - s[lane] * g[lane];
            next[lane] = g[lane] + (d[lane] - after);
            g[lane] = after;
        }
    }

    /** p = g^2 / c. */
    static void pivot(double[] p, double[] g, double[] c, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            p[lane] = g[lane] * g[lane] / c[lane];
        }
    }

    /** target = min(target, x), NaN where either is. */
    static void lower(double[] target, double[] x, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            target[lane] = Math.min(target[lane], x[lane]);
        }
    }

    /** The sign of a times the sign of g, of which neither is 0; a is 1 or -1, and so is the result. */
    static void sign(double[] target, double[] a, double[] g, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            target[lane] = a[lane] * (g[lane] / Math.abs(g[lane]));
        }
    }

    /** c = sign sqrt(c), s = sqrt(s). */
    static void roots(double[] c, double[] s, double[] sign, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            c[lane] = sign[lane] * Math.sqrt(c[lane]);
            s[lane] = Math.sqrt(s[lane]);
        }
    }

    /** By how much a square beside the diagonal is larger than both the least and a ratio of its neighbours' product. */
    static void excess(
            double[] target, double[] square, double[] upper, double[] lower, double least, double ratio, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            target[lane] = square[lane] - Math.max(least, ratio * Math.abs(upper[lane] * lower[lane]));
        }
    }

    /** From the lower entry of a 2 x 2 matrix, given the square of the one beside it, to the nearer eigenvalue. */
    static void distance(double[] target, double[] square, double[] upper, double[] lower, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            double half = 0.5 * (upper[lane] - lower[lane]);
            target[lane] = square[lane] / (Math.abs(half) + Math.sqrt(half * half + square[lane]));
        }
    }

    /** b / (d + sqrt(d^2 + b^2)) with d = |a - c| / 2; 0 where both are. */
    static void tangent(double[] target, double[] a, double[] c, double[] b, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            double d = Math.abs(0.5 * (a[lane] - c[lane]));
            double divisor = d + Math.sqrt(d * d + b[lane] * b[lane]);
            // The divisor is at least |b|, unless the squares underflow.
            target[lane] = b[lane] / Math.max(Math.max(divisor, Math.abs(b[lane])), Double.MIN_NORMAL);
        }
    }

    /** The smaller of a and c less b t, and the larger one and b t; no zero is negative. */
    static void moved(double[] low, double[] high, double[] a, double[] c, double[] b, double[] t, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            double move = b[lane] * t[lane];
            low[lane] = Math.min(a[lane], c[lane]) - move + 0.0;
            high[lane] = Math.max(a[lane], c[lane]) + move + 0.0;
        }
    }

    /** {@link Precision#rounding} of float64 matrices of two rows with these eigenvalues. */
    static void rounding(double[] target, double[] low, double[] high, int lanes) {
        double factor = 2 * Precision.DOUBLE.epsilon();
        double quantum = Precision.DOUBLE.quantum();
        for (int lane = 0; lane < lanes; lane++) {
            double norm = Math.max(Math.abs(low[lane]), Math.abs(high[lane]));
            target[lane] = factor * norm + Math.min(norm, quantum);
        }
    }

    /**
     * The largest magnitude until now of a, b and c, NaN where there was one, and something above 0 in unsafe where the three
     * were less than {@link MatrixPreparation#SAFE_LEAST} and not all 0.
     */
    static void scales(double[] largest, double[] unsafe, double[] a, double[] b, double[] c, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            double most = Math.max(Math.max(Math.abs(a[lane]), Math.abs(c[lane])), Math.abs(b[lane]));
            double scaled = Math.min(most * (1 / MatrixPreparation.SAFE_LEAST), 1);
            largest[lane] = Math.max(largest[lane], most);
            unsafe[lane] = Math.max(unsafe[lane], scaled - scaled * scaled);
        }
    }

    /** (x, y) becomes (c x + s y, c y - s x). */
    static void rotate(double[] x, double[] y, double[] c, double[] s, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            double old = x[lane];
            x[lane] = c[lane] * old + s[lane] * y[lane];
            y[lane] = c[lane] * y[lane] - s[lane] * old;
        }
    }

    /** Puts the smaller one into low, the larger one into high. */
    static void order(double[] low, double[] high, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            double x = low[lane];
            double y = high[lane];
            low[lane] = Math.min(x, y);
            high[lane] = Math.max(x, y);
        }
    }
}
