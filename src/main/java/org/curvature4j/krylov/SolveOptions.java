package org.curvature4j.krylov;

import org.curvature4j.internal.text.Arguments;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.operator.Vectors;
import org.jspecify.annotations.Nullable;

/** When to stop a solve, and where to begin. Immutable; arrays are copied. */
public final class SolveOptions {
    private static final double USUAL_TOLERANCE = 1e-10;

    private final double tolerance;
    private final int mostIterations;
    private final double @Nullable [] preconditioner;
    private final double @Nullable [] start;

    private SolveOptions(
            double tolerance, int mostIterations, double @Nullable [] preconditioner, double @Nullable [] start) {
        this.tolerance = tolerance;
        this.mostIterations = mostIterations;
        this.preconditioner = preconditioner;
        this.start = start;
    }

    /** Residuals of 1e-10 of the right-hand side, up to 100 + 10 n iterations, no preconditioner, from 0. */
    public static SolveOptions usual() {
        return new SolveOptions(USUAL_TOLERANCE, 0, null, null);
    }

    /**
     * @param relative the residual's norm divided by that of the right-hand side at which to stop, above 0 and below 1
     */
    public SolveOptions tolerance(double relative) {
        Arguments.refuseIf(!(relative > 0 && relative < 1), "tolerance", "a number between 0 and 1", relative);
        return new SolveOptions(relative, mostIterations, preconditioner, start);
    }

    /** @param count at least 1; restarts don't begin to count anew */
    public SolveOptions mostIterations(int count) {
        Arguments.refuseIf(count < 1, "iterations", "at least 1", count);
        return new SolveOptions(tolerance, count, preconditioner, start);
    }

    /**
     * For conjugate gradients: a diagonal matrix that resembles A, such as A's diagonal.
     *
     * @param diagonal positive and finite; copied
     */
    public SolveOptions preconditioner(double... diagonal) {
        for (int i = 0; i < diagonal.length; i++) {
            if (!(diagonal[i] > 0 && diagonal[i] <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "preconditioner: expected positive finite numbers, got " + diagonal[i] + " at " + i);
            }
        }
        return new SolveOptions(tolerance, mostIterations, diagonal.clone(), start);
    }

    /** @param point where to begin, n finite numbers; copied */
    public SolveOptions start(double... point) {
        Arguments.refuseIf(!Vectors.areFinite(point), "start", "finite numbers", "NaN or infinity among them");
        return new SolveOptions(tolerance, mostIterations, preconditioner, point.clone());
    }

    double tolerance() {
        return tolerance;
    }

    int mostIterationsFor(int n) {
        return mostIterations > 0 ? mostIterations : (int) Math.min(Integer.MAX_VALUE, 100 + 10L * n);
    }

    double @Nullable [] preconditioner() {
        return preconditioner;
    }

    double @Nullable [] start() {
        return start;
    }

    @Override
    public String toString() {
        return "solve to " + Numbers.brief(tolerance) + " in at most "
                + (mostIterations > 0 ? mostIterations : "100 + 10 n") + " iterations"
                + (preconditioner == null ? "" : ", with a preconditioner");
    }
}
