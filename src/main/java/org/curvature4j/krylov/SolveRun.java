package org.curvature4j.krylov;

import org.curvature4j.internal.text.Arguments;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * The part that all solves share: checks, counts, and residuals that are recomputed, for a recurrence drifts away from
 * the truth. When it claims to have converged and hasn't, it is begun again from the true residual.
 *
 * <p>The right-hand side is scaled to a norm between 1 and 2, by a power of two so that nothing is rounded: squares of tiny
 * and huge ones then neither vanish nor overflow.
 */
final class SolveRun {
    /** The recurrence of a method. */
    @FunctionalInterface
    interface Cycle {
        /**
         * Improves {@link #x} until the recurrence says CONVERGED, or gives another reason to stop.
         *
         * @param residual b - A x of the present x; may be overwritten
         */
        SolveReason run(SolveRun run, double[] residual);
    }

    private final LinearOperator operator;
    private final double[] rightHand;
    private final double scale;
    private final double rightHandNorm;
    private final int mostIterations;
    private int products;
    private int iterations;
    private double @Nullable [] negativeCurvature;

    /** The residual to reach, in units of the scaled right-hand side. */
    final double target;

    /** The iterate, in units of the scaled right-hand side. */
    double[] x;

    SolveRun(LinearOperator operator, double[] rightHand, SolveOptions options) {
        int n = operator.columns();
        Arguments.refuseIf(!operator.isSymmetric(), "operator", "a symmetric one", operator);
        Arguments.requireLength("right-hand side", n, rightHand.length);
        Arguments.refuseIf(!Vectors.areFinite(rightHand), "right-hand side", "finite numbers", "NaN or infinity");
        this.operator = operator;
        this.rightHandNorm = Vectors.norm(rightHand);
        this.scale = rightHandNorm == 0 ? 0 : Math.scalb(1.0, Math.getExponent(rightHandNorm));
        this.rightHand = scaled(rightHand);
        this.mostIterations = options.mostIterationsFor(n);
        this.target = scale == 0 ? 0 : options.tolerance() * (rightHandNorm / scale);
        double @Nullable [] start = options.start();
        if (start != null) {
            Arguments.requireLength("start", n, start.length);
        }
        this.x = start == null ? new double[n] : scaled(start);
    }

    private double[] scaled(double[] vector) {
        double[] scaled = vector.clone();
        for (int i = 0; scale != 0 && i < scaled.length; i++) {
            scaled[i] /= scale;
        }
        return scaled;
    }

    SolveResult solve(Cycle cycle) {
        if (scale == 0) {
            return new SolveResult(new double[x.length], 0, 0, SolveReason.CONVERGED, 0, 0, null);
        }
        double[] residual = residual();
        double norm = Vectors.norm(residual);
        SolveReason reason = SolveReason.CONVERGED;
        while (norm > target) {
            double[] before = x.clone();
            SolveReason claim = cycle.run(this, residual);
            residual = residual();
            double now = Vectors.norm(residual);
            if (now > norm && claim != SolveReason.NEGATIVE_CURVATURE) {
                x = before;
                now = norm;
            }
            boolean halved = now <= norm / 2;
            norm = now;
            if (norm > target && (claim != SolveReason.CONVERGED || !halved)) {
                reason = claim == SolveReason.CONVERGED ? SolveReason.STAGNATED : claim;
                break;
            }
        }
        for (int i = 0; i < x.length; i++) {
            x[i] *= scale;
        }
        return new SolveResult(x, norm * scale, rightHandNorm, reason, iterations, products, negativeCurvature);
    }

    /** Begins an iteration; false if none is left. */
    boolean begin() {
        if (iterations == mostIterations) {
            return false;
        }
        iterations++;
        return true;
    }

    /**
     * A v, counted.
     *
     * @throws IllegalArgumentException if it isn't finite
     */
    void product(double[] vector, double[] product) {
        operator.apply(vector, product);
        products++;
        if (!Vectors.areFinite(product)) {
            throw new IllegalArgumentException("operator: expected finite products, got NaN or infinity in product "
                    + products + " of " + operator);
        }
    }

    void meetNegativeCurvature(double[] direction) {
        double norm = Vectors.norm(direction);
        negativeCurvature = direction.clone();
        for (int i = 0; i < direction.length; i++) {
            negativeCurvature[i] /= norm;
        }
    }

    private double[] residual() {
        double[] residual = rightHand.clone();
        for (double number : x) {
            if (number != 0) {
                double[] product = new double[x.length];
                product(x, product);
                Vectors.add(-1, product, residual);
                break;
            }
        }
        return residual;
    }
}
