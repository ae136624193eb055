package org.curvature4j.krylov;

/** The symmetric tridiagonal matrix T of Lanczos steps from a start vector. Immutable. */
public final class Tridiagonal {
    private final double[] diagonal;
    private final double[] offDiagonal;
    private final boolean breakdown;
    private final double firstNorm;
    private final RitzPairs pairs;

    private Tridiagonal(KrylovProcess process, boolean breakdown, double firstNorm) {
        diagonal = new double[process.steps()];
        offDiagonal = new double[process.steps()];
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = process.diagonal(i);
            offDiagonal[i] = process.offDiagonal(i);
        }
        this.breakdown = breakdown;
        this.firstNorm = firstNorm;
        pairs = process.ritzPairs();
    }

    /** Steps until the space is invariant or full. */
    static Tridiagonal run(KrylovProcess process, Runnable stepped) {
        boolean grows = process.step();
        stepped.run();
        double firstNorm = process.lastNorm();
        while (grows && !process.isFull()) {
            grows = process.step();
            stepped.run();
        }
        return new Tridiagonal(process, !grows, firstNorm);
    }

    /** Rows, which is the number of products taken. */
    public int order() {
        return diagonal.length;
    }

    /** The diagonal alpha, a new array. */
    public double[] alpha() {
        return diagonal.clone();
    }

    /**
     * The entries beside the diagonal beta, as many as rows: the last one couples to the vector that would be next, and
     * is 0 after a breakdown. A new array.
     */
    public double[] beta() {
        return offDiagonal.clone();
    }

    /**
     * Whether the Krylov space is invariant, to rounding: there were no further steps to take, and all Ritz values are
     * eigenvalues.
     */
    public boolean breakdown() {
        return breakdown;
    }

    /** Eigenvalues of T, ascending, a new array. */
    public double[] ritzValues() {
        return pairs.values().clone();
    }

    /**
     * Squares of the first components of T's eigenvectors, which add up to 1: the weights of the Gauss quadrature whose
     * nodes are the Ritz values (Golub, Meurant: Matrices, Moments and Quadrature, 1994, section 3). A new array.
     */
    public double[] weights() {
        double[] weights = new double[order()];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = pairs.component(k, 0) * pairs.component(k, 0);
        }
        return weights;
    }

    /** The norm of A times the normalised start vector. */
    double firstNorm() {
        return firstNorm;
    }
}
