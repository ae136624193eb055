package org.curvature4j.optimize;

import org.curvature4j.operator.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * Backtracking until the value has fallen enough: Armijo's condition (Nocedal and Wright 2006, algorithm 3.1). Points
 * without a value are too far. Where the fall drowns in rounding, the slope decides in its place: Hager and Zhang's
 * approximate condition ("A new conjugate gradient method with guaranteed descent", SIAM J. Optim. 16, 2005, section 4).
 */
final class LineSearch {
    /** Armijo's constant, Nocedal and Wright, section 3.1. */
    private static final double ENOUGH = 1e-4;

    private static final int MOST_HALVINGS = 100;

    private double lastStep = 1;

    /** The length of the last step that was taken, in units of its direction. */
    double lastStep() {
        return lastStep;
    }

    /**
     * @param direction in which the function falls
     * @param first length to try
     * @return null if no length does
     */
    @Nullable
    Iterate search(CountedObjective objective, Iterate from, double[] direction, double first) {
        double slope = Vectors.dot(from.gradient(), direction);
        if (!(slope < 0) || !Vectors.areFinite(direction)) {
            return null;
        }
        double step = first;
        for (int halving = 0; halving < MOST_HALVINGS; halving++, step /= 2) {
            double[] point = from.ahead(step, direction);
            if (java.util.Arrays.equals(point, from.point())) {
                return null;
            }
            double value = Vectors.areFinite(point) ? objective.value(point) : Double.NaN;
            boolean lower = value <= from.value() + ENOUGH * step * slope;
            if (!Double.isFinite(value) || !(lower || value <= from.value() + from.noise())) {
                continue;
            }
            Iterate at = objective.at(point);
            boolean flatter = Vectors.dot(at.gradient(), direction) <= (2 * ENOUGH - 1) * slope
                    && at.gradientNorm() < from.gradientNorm();
            if (at.isFinite() && (flatter || (lower && at.value() < from.value()))) {
                lastStep = step;
                return at;
            }
        }
        return null;
    }
}
