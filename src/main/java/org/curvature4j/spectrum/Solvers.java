package org.curvature4j.spectrum;

import java.util.concurrent.atomic.LongAdder;
import org.curvature4j.internal.blas.Warning;

/**
 * The library that decomposes, and the one that takes its place where a result of the first doesn't fit the matrix. The
 * only place that knows which they are.
 */
public final class Solvers {
    private static final LongAdder RECOMPUTED = new LongAdder();

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

    /** How many results of this process Java code has computed, because the library's didn't fit or isn't to be called. */
    public static long recomputed() {
        return RECOMPUTED.sum();
    }

    /**
     * Counts a result that Java code has to compute, and says so at the first.
     *
     * @param called whether the routine was called; not where the self-test has spoken already
     */
    static void recompute(String routine, boolean called) {
        RECOMPUTED.increment();
        if (called) {
            Warning.say(routine + " returned a result that doesn't fit its matrix; such results are computed again by"
                    + " Java code, which is slower (curvature doctor tests the library)");
        }
    }

    /** That no result was found which fits. */
    static UnverifiedResultException refusal(String matrix, String what, String routines) {
        return new UnverifiedResultException(matrix + ": expected " + what + " that fit it to rounding, got none from "
                + routines + " (curvature doctor tests the libraries of this machine)");
    }
}
