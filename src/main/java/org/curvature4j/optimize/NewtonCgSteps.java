package org.curvature4j.optimize;

import org.curvature4j.krylov.ConjugateGradients;
import org.curvature4j.krylov.SolveOptions;
import org.curvature4j.krylov.SolveResult;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * Newton steps by conjugate gradients that stop early: Nocedal and Wright, "Numerical Optimization" (2006), algorithm 7.1.
 * On negative curvature the step is what was found before, or the negative gradient if that is nothing.
 */
final class NewtonCgSteps implements StepRule {
    /** So many products a step, however large n is. */
    private static final int MOST_PRODUCTS = 1000;

    private final LineSearch search = new LineSearch();

    @Override
    public @Nullable Iterate next(CountedObjective objective, Iterate at) {
        double[] downhill = at.gradient().clone();
        Vectors.scale(-1, downhill);
        SolveOptions options = SolveOptions.usual()
                .tolerance(forcing(at.gradientNorm()))
                .mostIterations((int) Math.min(MOST_PRODUCTS, 10L + 2L * objective.size()));
        SolveResult solve;
        try (LinearOperator hessian = objective.hessian(at.point())) {
            solve = ConjugateGradients.solve(hessian, downhill, options);
        }
        double[] direction = solve.solution();
        boolean falls = Vectors.dot(direction, at.gradient()) < 0;
        return search.search(objective, at, falls ? direction : downhill, 1);
    }

    /** min(1/2, sqrt |g|), by which convergence is superlinear (Nocedal and Wright 2006, equation 7.3). */
    static double forcing(double gradientNorm) {
        return Math.max(1e-12, Math.min(0.5, Math.sqrt(gradientNorm)));
    }
}
