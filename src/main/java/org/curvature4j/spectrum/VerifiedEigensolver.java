package org.curvature4j.spectrum;

import org.curvature4j.internal.blas.Recomputation;
import org.curvature4j.internal.blas.SymmetricRoutine;
import org.jspecify.annotations.Nullable;

/**
 * LAPACK's solver with every result held against its matrix. One that doesn't fit is computed again by Java code, and
 * counts as not solved if that one doesn't fit either. Each matrix is judged alone.
 */
final class VerifiedEigensolver implements SymmetricEigensolver {
    private final int order;
    private final boolean vectors;
    private final SymmetricCheck check;
    private final @Nullable SymmetricRoutine routine;
    private @Nullable SymmetricRoutine substitute;

    VerifiedEigensolver(int order, boolean vectors) {
        this.order = order;
        this.vectors = vectors;
        check = new SymmetricCheck(order);
        routine = SelfTest.passes(SelfTest.Family.SYMMETRIC) ? Solvers.first().symmetric(order, vectors) : null;
    }

    @Override
    public int solve(int count, double[] matrices, double[] largest, double[] values, double @Nullable [] vectorsOut) {
        for (int i = 0; i < count; i++) {
            if (!solved(routine, i, matrices, values, vectorsOut)) {
                Recomputation.add("LAPACK's dsyevd", routine != null);
                if (substitute == null) {
                    substitute = Solvers.second().symmetric(order, vectors);
                }
                if (!solved(substitute, i, matrices, values, vectorsOut)) {
                    return i;
                }
            }
        }
        return -1;
    }

    private boolean solved(
            @Nullable SymmetricRoutine by, int i, double[] matrices, double[] values, double @Nullable [] vectorsOut) {
        int start = i * order * order;
        return by != null
                && by.solve(matrices, start, values, i * order, vectorsOut)
                && check.excess(matrices, start, values, i * order, vectorsOut, Math.ulp(1.0)) <= 1;
    }

    @Override
    public void close() {
        if (routine != null) {
            routine.close();
        }
        if (substitute != null) {
            substitute.close();
        }
    }
}
