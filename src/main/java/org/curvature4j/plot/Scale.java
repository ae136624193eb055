package org.curvature4j.plot;

/** How the axis of a quantity that may span many powers of ten is divided. */
public enum Scale {
    /** Linear, unless more than half of what isn't zero would be too small to see; then symmetrically logarithmic. */
    AUTOMATIC,
    /** Proportional to the values. */
    LINEAR,
    /** Logarithmic on both sides of zero, linear next to it. */
    SYMMETRIC_LOG;

    /** Where logarithmic axes end: powers of ten much below aren't doubles of full precision, or are 0. */
    static final double SMALLEST = 1e-300;

    /**
     * Whether values are to be drawn on a logarithmic axis.
     *
     * @param sizes magnitudes of the values that aren't zero, ascending
     * @param visible share of the largest magnitude that a reader can still see
     */
    boolean isLogarithmic(double[] sizes, double visible) {
        if (sizes.length == 0 || sizes[sizes.length - 1] < SMALLEST) {
            return false;
        }
        return switch (this) {
            case LINEAR -> false;
            case SYMMETRIC_LOG -> true;
            case AUTOMATIC -> sizes[sizes.length / 2] < visible * sizes[sizes.length - 1];
        };
    }
}
