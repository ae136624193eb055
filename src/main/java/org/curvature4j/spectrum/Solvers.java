package org.curvature4j.spectrum;

import org.curvature4j.internal.blas.Recomputation;

/**
 * The library that decomposes, and the one that takes its place where a result of the first doesn't fit the matrix. The
 * only place that knows which they are.
 */
public final class Solvers {
    private static volatile Routines first = new NativeRoutines();
    private static volatile Routines second = new JavaRoutines();

    private Solvers() {}

    /** LAPACK. */
    static Routines first() {
        return first;
    }

    /** Java code. */
    static Routines second() {
        return second;
    }

    /** For tests of what happens when a library is wrong. */
    static void use(Routines newFirst, Routines newSecond) {
        first = newFirst;
        second = newSecond;
        SelfTest.forget();
    }

    /** Puts back what {@link #use} has replaced. */
    static void reset() {
        use(new NativeRoutines(), new JavaRoutines());
    }

    /**
     * How many results of this process, of decompositions in graphs too, Java code has computed, because the library's didn't
     * fit or isn't to be called.
     */
    public static long recomputed() {
        return Recomputation.count();
    }
}
