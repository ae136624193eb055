package org.curvature4j.internal.blas;

/** Ascending eigenvalues of (A + A') / 2 over its eigenvectors as columns, [n, n] to [n + 1, n], by dsyevd. */
final class EigenKernel extends MatrixKernel {
    private final int n;
    private final double leading;
    private final SymmetricLapack library;
    private final double[] symmetric;
    private final double[] values;
    private final double[] vectors;
    private final double[] probe;

    EigenKernel(int n, double leading) {
        super("LAPACK's dsyevd");
        this.n = n;
        this.leading = leading;
        this.library = new SymmetricLapack(n, true, memory);
        this.symmetric = new double[n * n];
        this.values = new double[n];
        this.vectors = new double[n * n];
        this.probe = Checks.probe(n);
    }

    @Override
    boolean compute(double[] a, double[] b, double[] z) {
        CholeskyKernel.symmetrize(a, symmetric, n);
        return place(library.solve(symmetric, 0, values, 0, vectors), z);
    }

    @Override
    boolean recompute(double[] a, double[] b, double[] z) {
        CholeskyKernel.symmetrize(a, symmetric, n);
        return place(JavaMatrices.symmetric(symmetric, n, values, vectors), z);
    }

    private boolean place(boolean found, double[] z) {
        System.arraycopy(values, 0, z, 0, n);
        for (int k = 0; k < n && found; k++) {
            if (lead(vectors, k * n, n, leading) < 0) {
                negate(vectors, k * n, n);
            }
        }
        LuKernel.transpose(vectors, 0, n, n, z, n);
        return found;
    }

    /** The first element of a vector that is not much smaller than its largest. */
    static double lead(double[] vector, int from, int length, double part) {
        double largest = 0;
        for (int i = from; i < from + length; i++) {
            largest = Math.max(largest, Math.abs(vector[i]));
        }
        int i = from;
        while (Math.abs(vector[i]) < largest * part) {
            i++;
        }
        return vector[i];
    }

    static void negate(double[] vector, int from, int length) {
        for (int i = from; i < from + length; i++) {
            vector[i] = -vector[i];
        }
    }

    /** With a shift by the norm, so that vectors count whose values are 0. */
    @Override
    double excess(double[] a, double[] b, double[] z) {
        double norm = Checks.norm(symmetric);
        double shift = norm == 0 ? 1 : norm;
        double[] inside = Checks.transposedTimes(z, n, n, probe);
        double[] expected = Checks.times(symmetric, 0, n, probe);
        for (int i = 0; i < n; i++) {
            inside[i] *= z[i] + shift;
            expected[i] += shift * probe[i];
        }
        return Checks.over(Checks.distance(Checks.times(z, n, n, inside), expected), n, shift * Checks.norm(probe));
    }
}
