package org.curvature4j.internal.blas;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.openblas.global.openblas;

/** Ascending eigenvalues of (A + A') / 2 over its eigenvectors as columns, [n, n] to [n + 1, n], by dsyevd. */
final class EigenKernel extends MatrixKernel {
    private static final byte VECTORS = 'V';
    private static final byte LOWER = 'L';

    private final int n;
    private final double leading;
    private final DoublePointer matrix;
    private final DoublePointer values;
    private final DoublePointer work;
    private final IntPointer integers;
    private final int workSize;
    private final int integerSize;
    private final double[] symmetric;
    private final double[] turned;
    private final double[] probe;

    EigenKernel(int n, double leading) {
        super("dsyevd");
        this.n = n;
        this.leading = leading;
        double[] size = new double[1];
        int[] whole = new int[1];
        openblas.LAPACKE_dsyevd_work(COLUMN_MAJOR, VECTORS, LOWER, n, size, n, size, size, -1, whole, -1);
        this.workSize = (int) size[0];
        this.integerSize = whole[0];
        var parts = memory.allocate("dsyevd", (long) n * n, n, workSize, integerSize);
        this.matrix = (DoublePointer) parts[0];
        this.values = (DoublePointer) parts[1];
        this.work = (DoublePointer) parts[2];
        this.integers = (IntPointer) parts[3];
        this.symmetric = new double[n * n];
        this.turned = new double[n * n];
        this.probe = Checks.probe(n);
    }

    @Override
    boolean compute(double[] a, double[] b, double[] z) {
        CholeskyKernel.symmetrize(a, symmetric, n);
        matrix.put(symmetric, 0, n * n);
        if (openblas.LAPACKE_dsyevd_work(
                        COLUMN_MAJOR, VECTORS, LOWER, n, matrix, n, values, work, workSize, integers, integerSize)
                != 0) {
            return false;
        }
        values.get(z, 0, n);
        matrix.get(turned, 0, n * n);
        for (int k = 0; k < n; k++) {
            if (lead(turned, k * n, n, leading) < 0) {
                negate(turned, k * n, n);
            }
        }
        LuKernel.transpose(turned, 0, n, n, z, n);
        return true;
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
