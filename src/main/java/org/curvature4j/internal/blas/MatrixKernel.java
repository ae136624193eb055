package org.curvature4j.internal.blas;

import java.util.Arrays;

/**
 * A decomposition by LAPACK, or a solution by BLAS, of one matrix after another of the same shape, on memory of its own. Every
 * result is held against its matrix. Used by one thread, which holds OpenBLAS at one ({@link BlasThreads}) as long as it computes,
 * so that bits don't depend on how many there are; close it.
 */
public abstract class MatrixKernel implements AutoCloseable {
    /** How many times the usual bound of rounding a result may be off; a wrong one is off by orders of magnitude. */
    static final double FACTOR = 60;

    /** Beyond these, squares overflow or vanish, and so does what a result is held against. */
    private static final double LARGEST = 0x1p450;

    private static final double SMALLEST = 0x1p-450;

    static final int COLUMN_MAJOR = 102;

    final LapackMemory memory = LapackMemory.alone();
    private final String routine;
    private boolean closed;

    MatrixKernel(String routine) {
        this.routine = routine;
    }

    /**
     * Computes.
     *
     * @param a the matrix, row-major; not modified
     * @param b the right side, row-major, of a solution; not modified
     * @param z takes the result, row-major: NaN where the matrix isn't finite or has none
     * @throws IllegalStateException if what the library gave doesn't fit the matrix, or after {@link #close}
     */
    public final void run(double[] a, double[] b, double[] z) {
        if (closed) {
            throw new IllegalStateException(routine + ": expected a kernel that is open, got a closed one");
        } else if (!isFinite(a) || !compute(a, b, z)) {
            Arrays.fill(z, Double.NaN);
        } else if (isComparable(a) && isComparable(b) && isComparable(z)) {
            double excess = excess(a, b, z) / FACTOR;
            if (!(excess <= 1)) {
                throw new IllegalStateException("OpenBLAS: expected a result of " + routine
                        + " that fits its matrix, got one off by " + excess + " times what rounding explains ("
                        + OpenBlas.describe().replace("\n", "; ") + ")");
            }
        }
    }

    /** @return whether there is a result */
    abstract boolean compute(double[] a, double[] b, double[] z);

    /** How far a result is off, over a bound of what rounding explains. */
    abstract double excess(double[] a, double[] b, double[] z);

    /** Whether what is read of a matrix is finite. */
    boolean isFinite(double[] a) {
        return isFinite(a, 0, a.length);
    }

    static boolean isFinite(double[] a, int from, int to) {
        // A sum of products with zero is 0, or NaN.
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += a[i] * 0;
        }
        return sum == 0;
    }

    private static boolean isComparable(double[] a) {
        double largest = 0;
        for (double value : a) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest == 0 || (largest > SMALLEST && largest < LARGEST);
    }

    @Override
    public void close() {
        closed = true;
        memory.close();
    }
}
