package org.curvature4j.krylov;

import java.util.Arrays;

/**
 * How far from orthogonal the vectors of a Lanczos process may have become that are orthogonalised against the last two alone,
 * estimated without looking at them: Simon, The Lanczos algorithm with partial reorthogonalization, Math. Comp. 42 (1984)
 * 115-142, section 2. While no inner product exceeds {@link #MOST}, below the square root of the rounding unit, T is the
 * projection of the operator to rounding (theorem 4 there), so that Ritz values and weights are those of full
 * reorthogonalisation, and no eigenvalue comes up twice.
 */
final class SemiOrthogonality {
    /** An eighth of the square root of the rounding unit, as the recurrence estimates. */
    private static final double MOST = 0x1p-29;

    /** How far from orthogonal a vector is to those that it was orthogonalised against. */
    private static final double ORTHOGONAL = 0x1p-48;

    /** What the rounding of one product leaves along another vector, in units of the largest product's norm. */
    private static final double NOISE = 0x1p-50;

    private final double[] diagonal;
    /** At i what couples vector i to vector i + 1. */
    private final double[] couplings;

    private double[] before;
    private double[] now;
    private double[] next;
    private int steps;

    /** @param capacity the most steps */
    SemiOrthogonality(int capacity) {
        diagonal = new double[capacity + 1];
        couplings = new double[capacity + 1];
        before = new double[capacity + 2];
        now = new double[capacity + 2];
        next = new double[capacity + 2];
    }

    /** Forgets all steps. */
    void clear() {
        steps = 0;
    }

    /** Says that the newest vector is orthogonal to all others to rounding, and what couples it to the one before. */
    void restored(double coupling) {
        Arrays.fill(now, 0, steps, ORTHOGONAL);
        now[steps] = 1;
        if (steps > 0) {
            couplings[steps - 1] = coupling;
        }
    }

    /**
     * Takes a step's numbers.
     *
     * @param alpha the entry of T on the diagonal
     * @param beta the norm of what the vectors so far leave of the product
     * @param scale the largest norm of a product
     * @return whether that is orthogonal enough to the vectors before the last two; otherwise it has to be orthogonalised against all
     */
    boolean holds(double alpha, double beta, double scale) {
        int j = steps++;
        diagonal[j] = alpha;
        couplings[j] = beta;
        double noise = NOISE * scale;
        double most = 0;
        for (int k = 0; k < j; k++) {
            double sum = couplings[k] * now[k + 1] + (diagonal[k] - alpha) * now[k];
            if (k > 0) {
                sum += couplings[k - 1] * now[k - 1];
            }
            if (j > 0) {
                sum -= couplings[j - 1] * before[k];
            }
            next[k] = (sum + Math.copySign(noise, sum)) / beta;
            most = Math.max(most, Math.abs(next[k]));
        }
        next[j] = ORTHOGONAL;
        next[j + 1] = 1;
        double[] free = before;
        before = now;
        now = next;
        next = free;
        return most <= MOST;
    }
}
