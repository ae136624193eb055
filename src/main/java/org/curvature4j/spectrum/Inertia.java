package org.curvature4j.spectrum;

/**
 * How many eigenvalues are positive, negative and zero to tolerance; the three add up to the order of the matrix.
 *
 * @param positive eigenvalues above the tolerance: directions that curve upward
 * @param negative eigenvalues below minus the tolerance: directions that curve downward
 * @param nearZero eigenvalues of at most the tolerance in magnitude: flat directions
 * @param undecided how many of all these lie so near to the tolerance, or so near to zero where the tolerance is smaller
 *     than the error, that the error bound doesn't settle where they belong
 * @param tolerance magnitude up to which an eigenvalue counts as zero
 * @param errorBound how far a computed eigenvalue may lie from the true one
 */
public record Inertia(int positive, int negative, int nearZero, int undecided, double tolerance, double errorBound) {

    /**
     * Counts.
     *
     * @param values eigenvalues, in any order
     */
    static Inertia of(double[] values, double tolerance, double errorBound) {
        int positive = 0;
        int negative = 0;
        int undecided = 0;
        for (double value : values) {
            if (value > tolerance) {
                positive++;
            } else if (value < -tolerance) {
                negative++;
            }
            if (SignSet.of(value, tolerance, errorBound).isUndecided()) {
                undecided++;
            }
        }
        int nearZero = values.length - positive - negative;
        return new Inertia(positive, negative, nearZero, undecided, tolerance, errorBound);
    }
}
