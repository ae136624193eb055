package org.curvature4j.spectrum;

/**
 * {@link LaneQr} and {@link LaneSweep} for one thread of a device and one tridiagonal matrix, eigenvalues only: the same
 * operations in the same order. A thread has branches of its own, so that every sweep is the one that {@link LaneSweep} keeps
 * for lanes whose pivots vanish; where none does, the bits are the same.
 */
final class QrKernel {

    private static final double VANISHING_SQUARE = LaneHouseholder.NEGLIGIBLE_SQUARE;

    private QrKernel() {}

    /**
     * Turns the diagonal into the eigenvalues, in any order.
     *
     * @param squares of the entries beside the diagonal; overwritten
     * @return whether they converged
     */
    static boolean solve(double[] diagonal, double[] squares, int order) {
        int active = order - 1;
        for (int sweeps = 0; sweeps <= LaneQr.MOST_SWEEPS * order; sweeps++) {
            while (active > 0 && isNegligible(squares[active - 1], diagonal[active - 1], diagonal[active])) {
                active--;
            }
            if (active == 0) {
                return true;
            }
            double square = squares[active - 1];
            double half = 0.5 * (diagonal[active - 1] - diagonal[active]);
            double distance = square / (Math.abs(half) + Math.sqrt(half * half + square));
            sweep(diagonal, squares, diagonal[active] - Math.copySign(distance, half), active);
        }
        return false;
    }

    private static boolean isNegligible(double square, double upper, double lower) {
        return square <= LaneQr.NEGLIGIBLE_SQUARE || square <= LaneQr.NEGLIGIBLE_RATIO * Math.abs(upper * lower);
    }

    private static void sweep(double[] diagonal, double[] squares, double shift, int active) {
        double g = diagonal[0] - shift;
        double p = g * g;
        double c = 1;
        double s = 0;
        for (int i = 0; i < active; i++) {
            double square = squares[i];
            double sum = p + square;
            if (i > 0) {
                squares[i - 1] = s * sum;
            }
            double oldC = c;
            if (p < VANISHING_SQUARE) {
                c = square < VANISHING_SQUARE ? 1 : 0;
                s = 1 - c;
            } else {
                c = p / sum;
                s = square / sum;
            }
            double oldG = g;
            double d = diagonal[i + 1];
            g = c * (d - shift) - s * oldG;
            diagonal[i] = oldG + (d - g);
            p = c > 0 ? g * g / c : oldC * square;
        }
        squares[active - 1] = s * p;
        diagonal[active] = shift + g;
    }

    /** Sorts by insertion: values come out of the iteration nearly in order. */
    static void sort(double[] values, int order) {
        for (int k = 1; k < order; k++) {
            double value = values[k];
            int place = k;
            while (place > 0 && values[place - 1] > value) {
                values[place] = values[place - 1];
                place--;
            }
            values[place] = value;
        }
    }
}
