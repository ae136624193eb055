package org.curvature4j.internal.blas;

import java.util.Arrays;

/**
 * A decomposition by LAPACK, or a solution by BLAS, of one matrix after another of the same shape, on memory of its own. Every
 * result is held against its matrix; one that doesn't fit is computed again by Java code. Used by one thread, which holds OpenBLAS at one ({@link BlasThreads}) as long as it computes,
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
    private final boolean isPartial;
    private boolean closed;

    /** @param isPartial whether there are finite matrices without a result, or a finite one, that only computing tells */
    MatrixKernel(String routine, boolean isPartial) {
        this.routine = routine;
        this.isPartial = isPartial;
    }

    MatrixKernel(String routine) {
        this(routine, false);
    }

    /** What computes a kernel's result: its library, or Java code. */
    interface Way {
        /** @return whether there is a result */
        boolean compute(MatrixKernel kernel, double[] a, double[] b, double[] z);
    }

    private static volatile Way first = MatrixKernel::compute;
    private static volatile Way second = MatrixKernel::recompute;

    /** For tests of what happens when a library is wrong. */
    static void use(Way newFirst, Way newSecond) {
        first = newFirst;
        second = newSecond;
    }

    /**
     * Computes.
     *
     * @param a the matrix, row-major; not modified
     * @param b the right side, row-major, of a solution; not modified
     * @param z takes the result, row-major: NaN where the matrix isn't finite or has none
     * @throws org.curvature4j.spectrum.UnverifiedResultException if neither what the library gave nor what Java code found fits
     *     the matrix
     * @throws IllegalStateException after {@link #close}
     */
    public final void run(double[] a, double[] b, double[] z) {
        if (closed) {
            throw new IllegalStateException(routine + ": expected a kernel that is open, got a closed one");
        } else if (!isFinite(a) || hasNone(a)) {
            Arrays.fill(z, Double.NaN);
        } else if (isMadeOfOthers()) {
            compute(a, b, z);
        } else if (!first.compute(this, a, b, z) || !fits(a, b, z)) {
            computeAgain(a, b, z);
        }
    }

    /** That there is none is believed where Java code finds none either. */
    private void computeAgain(double[] a, double[] b, double[] z) {
        boolean found = second.compute(this, a, b, z);
        if (found && fits(a, b, z)) {
            Recomputation.add(routine, true);
        } else if (isPartial && !found) {
            Arrays.fill(z, Double.NaN);
        } else if (!isPartial || !Double.isNaN(largest(z))) {
            throw Recomputation.refusal("matrix", "a result", routine + " and from Java code");
        }
    }

    private boolean fits(double[] a, double[] b, double[] z) {
        double size = largest(z);
        if (!isComparable(largest(a)) || !isComparable(largest(b)) || !(isComparable(size) || Double.isNaN(size))) {
            return true;
        }
        return excess(a, b, z) <= FACTOR;
    }

    /** Whether a matrix' own elements say that it has no result. */
    boolean hasNone(double[] a) {
        return false;
    }

    /** Whether other kernels compute, and hold their results against their matrices. */
    boolean isMadeOfOthers() {
        return false;
    }

    /** By the library; returns whether it gave a result. */
    abstract boolean compute(double[] a, double[] b, double[] z);

    /** By Java code; returns whether there is a result. */
    abstract boolean recompute(double[] a, double[] b, double[] z);

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

    /** NaN where an element is. */
    private static double largest(double[] a) {
        double largest = 0;
        for (double value : a) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static boolean isComparable(double size) {
        return size == 0 || (size > SMALLEST && size < LARGEST);
    }

    @Override
    public void close() {
        closed = true;
        memory.close();
    }
}
