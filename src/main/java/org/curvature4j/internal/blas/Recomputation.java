package org.curvature4j.internal.blas;

import java.util.concurrent.atomic.LongAdder;
import org.curvature4j.spectrum.UnverifiedResultException;

/** What becomes of a native result that doesn't fit its matrix: Java code computes it again, which is counted and said. */
public final class Recomputation {
    private static final LongAdder COUNT = new LongAdder();

    private Recomputation() {}

    /** How many results of this process Java code has computed, because the library's didn't fit or isn't to be called. */
    public static long count() {
        return COUNT.sum();
    }

    /**
     * Counts a result that Java code has to compute, and says so at the first.
     *
     * @param called whether the routine was called; not where the self-test has spoken already
     */
    public static void add(String routine, boolean called) {
        COUNT.increment();
        if (called) {
            Warning.say(routine + " returned a result that doesn't fit its matrix; such results are computed again by"
                    + " Java code, which is slower (curvature doctor tests the library)");
        }
    }

    /** That no result was found which fits. */
    public static UnverifiedResultException refusal(String matrix, String what, String routines) {
        return new UnverifiedResultException(matrix + ": expected " + what + " that fit it to rounding, got none from "
                + routines + " (curvature doctor tests the libraries of this machine)");
    }
}
