package org.curvature4j.spectrum;

import org.jspecify.annotations.Nullable;

/**
 * Memory for a block of matrices of one order and their spectra, filled and read in place: write matrices, call
 * {@link SymmetricBlockSolver#solve}, read the rest. Accessors return the arrays themselves. Used by one thread at a
 * time.
 */
public final class EigenBlock {

    private final int order;
    private final int capacity;
    private final double[] matrices;
    private final double[] values;
    private final double[] errorBounds;
    private final double[] asymmetries;
    private final double @Nullable [] vectors;
    private final double @Nullable [] residuals;
    private boolean symmetric;

    /**
     * @param order rows of a matrix, at least 0
     * @param capacity how many matrices fit
     * @param vectors whether there is room for eigenvectors and residuals
     * @throws IllegalArgumentException if the block wouldn't fit a Java array
     */
    public EigenBlock(int order, int capacity, boolean vectors) {
        if (order < 0 || capacity < 0 || (long) order * order * capacity > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "block: expected at most 2^31 numbers, got " + capacity + " matrices of " + order + " x " + order);
        }
        this.order = order;
        this.capacity = capacity;
        matrices = new double[order * order * capacity];
        values = new double[order * capacity];
        errorBounds = new double[capacity];
        asymmetries = new double[capacity];
        this.vectors = vectors ? new double[order * order * capacity] : null;
        residuals = vectors ? new double[order * capacity] : null;
    }

    /** Rows of a matrix. */
    public int order() {
        return order;
    }

    /** How many matrices fit. */
    public int capacity() {
        return capacity;
    }

    /** The matrices, row-major, one after the other. Solving replaces each by its scaled symmetric part. */
    public double[] matrices() {
        return matrices;
    }

    /** The eigenvalues of each matrix, ascending, one matrix after the other. */
    public double[] values() {
        return values;
    }

    /** For each matrix, how far rounding and asymmetry can have moved an eigenvalue. */
    public double[] errorBounds() {
        return errorBounds;
    }

    /** Whether all matrices that were solved last were symmetric to the last bit. */
    boolean isSymmetric() {
        return symmetric;
    }

    void symmetric(boolean is) {
        symmetric = is;
    }

    /** For each matrix, what asymmetry adds to {@link #errorBounds}, unless {@link #isSymmetric}. */
    double[] asymmetries() {
        return asymmetries;
    }

    /** For each matrix its eigenvectors in the order of the values, each one's components contiguous; or null. */
    public double @Nullable [] vectors() {
        return vectors;
    }

    /** The norm of Hv - lambda v for each pair, in the order of the values; or null. */
    public double @Nullable [] residuals() {
        return residuals;
    }
}
