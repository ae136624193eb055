package org.curvature4j.krylov;

/** Why the solution of a linear system ended. */
public enum SolveReason {
    /** The recomputed residual is as small as asked for. */
    CONVERGED("the residual is as small as asked for"),
    /** So many iterations as allowed were made. */
    ITERATIONS("no iterations were left"),
    /** A direction p with p'Ap of zero or less was met, in which conjugate gradients can't go on. */
    NEGATIVE_CURVATURE("the operator isn't positive definite"),
    /** The residual can't be made smaller in the operator's precision, although the recurrence says so. */
    STAGNATED("rounding keeps the residual from becoming smaller"),
    /** The system has no solution; this one has the smallest residual, A r = 0. */
    LEAST_SQUARES("the system has no solution, the residual is the smallest possible");

    private final String words;

    SolveReason(String words) {
        this.words = words;
    }

    /** The reason in a clause. */
    public String words() {
        return words;
    }
}
