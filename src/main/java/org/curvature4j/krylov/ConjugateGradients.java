package org.curvature4j.krylov;

import org.curvature4j.internal.text.Arguments;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * Conjugate gradients for A x = b with A symmetric and positive definite, or semidefinite with b in its range. M. R.
 * Hestenes and E. Stiefel, "Methods of conjugate gradients for solving linear systems" (J. Res. NBS 49, 1952); with a
 * preconditioner as in Nocedal and Wright, "Numerical Optimization" (2006), algorithm 5.3.
 *
 * <p>A direction of negative curvature ends the solve and is part of the result. For indefinite operators: {@link Minres}.
 */
public final class ConjugateGradients {
    private ConjugateGradients() {}

    /**
     * Solves A x = b.
     *
     * @param operator A, symmetric [n, n]
     * @param rightHand b, n finite numbers; not modified
     * @throws IllegalArgumentException if a length is wrong, the operator isn't symmetric, or a number or a product isn't
     *     finite
     */
    public static SolveResult solve(LinearOperator operator, double[] rightHand, SolveOptions options) {
        SolveRun run = new SolveRun(operator, rightHand, options);
        double @Nullable [] diagonal = options.preconditioner();
        if (diagonal != null) {
            Arguments.requireLength("preconditioner", operator.columns(), diagonal.length);
        }
        return run.solve((state, residual) -> cycle(state, residual, diagonal));
    }

    private static SolveReason cycle(SolveRun run, double[] residual, double @Nullable [] diagonal) {
        double[] direction = preconditioned(residual, diagonal);
        double[] product = new double[residual.length];
        double size = Vectors.dot(residual, direction);
        while (run.begin()) {
            run.product(direction, product);
            double curvature = Vectors.dot(direction, product);
            if (curvature <= 0) {
                run.meetNegativeCurvature(direction);
                return SolveReason.NEGATIVE_CURVATURE;
            }
            double step = size / curvature;
            if (!Double.isFinite(step)) {
                // The curvature is so near to 0 that the step to the minimum isn't a number.
                run.meetNegativeCurvature(direction);
                return SolveReason.STAGNATED;
            }
            Vectors.add(step, direction, run.x);
            Vectors.add(-step, product, residual);
            if (Vectors.norm(residual) <= run.target) {
                return SolveReason.CONVERGED;
            }
            double[] next = preconditioned(residual, diagonal);
            double sizeNow = Vectors.dot(residual, next);
            Vectors.add(sizeNow / size, direction, next);
            direction = next;
            size = sizeNow;
        }
        return SolveReason.ITERATIONS;
    }

    private static double[] preconditioned(double[] residual, double @Nullable [] diagonal) {
        double[] result = residual.clone();
        for (int i = 0; diagonal != null && i < result.length; i++) {
            result[i] /= diagonal[i];
        }
        return result;
    }
}
