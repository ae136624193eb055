package org.curvature4j.krylov;

import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.Vectors;

/**
 * MINRES: the smallest residual of A x = b over Krylov spaces, for symmetric operators that may be indefinite or singular.
 * C. C. Paige and M. A. Saunders, "Solution of sparse indefinite systems of linear equations" (SIAM J. Numer. Anal. 12,
 * 1975), section 6; names and the estimate of |A r| as in Saunders' own implementation.
 */
public final class Minres {
    private static final double EPSILON = Math.ulp(1.0);

    /** |A r| of this part of |A| |r| counts as zero: some roundings, since an ill-conditioned A has small ones too. */
    private static final double ZERO = 16 * EPSILON;

    private final SolveRun run;
    private double[] previous;
    private double[] last;
    private double[] direction;
    private double[] directionBefore;
    private double beta;
    private double betaBefore;
    private double dbar;
    private double epsilon;
    private double cosine = -1;
    private double sine;
    private double residualNorm;
    private double normSquare;

    private Minres(SolveRun run, double[] residual) {
        this.run = run;
        this.previous = residual;
        this.last = residual;
        this.direction = new double[residual.length];
        this.directionBefore = new double[residual.length];
        this.beta = Vectors.norm(residual);
        this.residualNorm = beta;
    }

    /**
     * Solves A x = b; a singular A is fine where b lies in its range, and the residual is the smallest possible where it
     * doesn't.
     *
     * @param operator A, symmetric [n, n]
     * @param rightHand b, n finite numbers; not modified
     * @param options without a preconditioner
     * @throws IllegalArgumentException if a length is wrong, the operator isn't symmetric, a preconditioner is given, or a
     *     number or a product isn't finite
     */
    public static SolveResult solve(LinearOperator operator, double[] rightHand, SolveOptions options) {
        if (options.preconditioner() != null) {
            throw new IllegalArgumentException(
                    "preconditioner: expected none for MINRES, got one (conjugate gradients take it)");
        }
        return new SolveRun(operator, rightHand, options)
                .solve((state, residual) -> new Minres(state, residual).cycle());
    }

    private SolveReason cycle() {
        while (run.begin()) {
            double[] vector = last.clone();
            Vectors.divide(vector, beta);
            double alpha = lanczos(vector);
            normSquare += alpha * alpha + beta * beta + betaBefore * betaBefore;
            double norm = Math.sqrt(normSquare);
            double delta = cosine * dbar + sine * alpha;
            double gbar = sine * dbar - cosine * alpha;
            double epsilonBefore = epsilon;
            epsilon = sine * beta;
            dbar = -cosine * beta;
            if (Math.hypot(gbar, dbar) <= ZERO * norm) {
                return SolveReason.LEAST_SQUARES;
            }
            double gamma = Math.hypot(gbar, beta);
            cosine = gbar / gamma;
            sine = beta / gamma;
            double[] next = vector;
            Vectors.add(-epsilonBefore, directionBefore, next);
            Vectors.add(-delta, direction, next);
            Vectors.divide(next, gamma);
            directionBefore = direction;
            direction = next;
            Vectors.add(cosine * residualNorm, direction, run.x);
            residualNorm *= sine;
            if (Math.abs(residualNorm) <= run.target || beta <= EPSILON * norm) {
                return SolveReason.CONVERGED;
            }
        }
        return SolveReason.ITERATIONS;
    }

    /** One step of Lanczos: leaves the next vector, unscaled, in {@link #last} and its norm in {@link #beta}. */
    private double lanczos(double[] vector) {
        double[] product = new double[vector.length];
        run.product(vector, product);
        if (betaBefore != 0) {
            Vectors.add(-beta / betaBefore, previous, product);
        }
        double alpha = Vectors.dot(vector, product);
        Vectors.add(-alpha / beta, last, product);
        previous = last;
        last = product;
        betaBefore = beta;
        beta = Vectors.norm(product);
        return alpha;
    }
}
