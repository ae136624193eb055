package org.curvature4j.optimize;

import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * Newton steps within a radius that follows how well the quadratic model predicts: Nocedal and Wright 2006, algorithm 4.1,
 * with Steihaug's step. What rounding hides is let pass as in A. Conn, N. Gould and P. Toint, "Trust-Region Methods"
 * (2000), section 17.4.2.
 */
final class TrustRegionSteps implements StepRule {
    private static final double SHRINK_BELOW = 0.25;
    private static final double GROW_ABOVE = 0.75;
    private static final double ACCEPT_ABOVE = 1e-4;
    private static final int MOST_TRIALS = 100;

    private double radius = 1;

    @Override
    public @Nullable Iterate next(CountedObjective objective, Iterate at) {
        try (LinearOperator hessian = objective.hessian(at.point())) {
            for (int trial = 0; trial < MOST_TRIALS; trial++) {
                SteihaugStep step = SteihaugStep.of(
                        hessian, at.gradient(), radius, NewtonCgSteps.forcing(at.gradientNorm()) * at.gradientNorm());
                double[] point = at.ahead(1, step.step());
                if (java.util.Arrays.equals(point, at.point())) {
                    return null;
                }
                double length = Vectors.norm(step.step());
                double value = Vectors.areFinite(point) ? objective.value(point) : Double.NaN;
                double ratio = (at.value() - value + at.noise()) / (step.fall() + at.noise());
                @Nullable Iterate next = ratio > ACCEPT_ABOVE && Double.isFinite(value) ? objective.at(point) : null;
                if (next == null || !next.isFinite()) {
                    radius = Math.min(radius, length) * SHRINK_BELOW;
                    continue;
                }
                if (ratio < SHRINK_BELOW) {
                    radius = length * SHRINK_BELOW;
                } else if (ratio > GROW_ABOVE && step.atBoundary()) {
                    radius = Math.min(Double.MAX_VALUE / 4, 2 * radius);
                }
                boolean better = next.value() < at.value() - at.noise() || next.gradientNorm() < at.gradientNorm();
                return better ? next : null;
            }
        }
        return null;
    }
}
