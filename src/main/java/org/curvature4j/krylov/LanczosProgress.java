package org.curvature4j.krylov;

/** Hears how far the search for eigenpairs has come, on the thread that searches. */
@FunctionalInterface
public interface LanczosProgress {
    /** Nobody listens. */
    LanczosProgress NONE = (products, converged) -> {};

    /**
     * A product is done.
     *
     * @param products how many there were so far
     * @param converged wanted pairs that had converged when it was last looked
     */
    void advanced(int products, int converged);
}
