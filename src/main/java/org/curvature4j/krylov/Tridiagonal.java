package org.curvature4j.krylov;

/** The symmetric tridiagonal matrix T of Lanczos steps from a start vector. Immutable. */
public final class Tridiagonal {
    private final double[] diagonal;
    private final double[] offDiagonal;
    private final boolean breakdown;
    private final Probe probe;

    private Tridiagonal(KrylovProcess<?> process, boolean breakdown, double firstNorm) {
        int order = process.steps();
        diagonal = new double[order];
        offDiagonal = new double[order];
        for (int i = 0; i < order; i++) {
            diagonal[i] = process.diagonal(i);
            offDiagonal[i] = process.offDiagonal(i);
        }
        this.breakdown = breakdown;
        Quadrature whole = Quadrature.of(process.ritzPairs(order));
        Quadrature partial = breakdown ? whole : Quadrature.of(process.ritzPairs(Math.max(1, 3 * order / 4)));
        probe = new Probe(whole, partial, diagonal[0], firstNorm, order);
    }

    /** Steps from the vector that a process has begun with, until the space is invariant or full. */
    static Tridiagonal run(KrylovProcess<?> process, Runnable stepped) {
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
        return probe.whole().nodes().clone();
    }

    /**
     * For each Ritz value its weight in the Gauss quadrature of the start vector v: the sum of weight times f(value) is
     * close to v'f(A)v / v'v. They add up to 1. A new array.
     */
    public double[] weights() {
        return probe.whole().weights().clone();
    }

    /** What the start vector told. */
    Probe probe() {
        return probe;
    }

    @Override
    public String toString() {
        return "tridiagonal matrix of order " + order() + (breakdown ? ", of an invariant space" : "");
    }
}
