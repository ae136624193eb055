package org.curvature4j.optimize;

import org.curvature4j.operator.Vectors;
import org.jspecify.annotations.Nullable;

/** Gradient descent: the line search begins at twice the last length. */
final class GradientSteps implements StepRule {
    private final LineSearch search = new LineSearch();
    private boolean started;

    @Override
    public @Nullable Iterate next(CountedObjective objective, Iterate at) {
        double[] direction = at.gradient().clone();
        Vectors.scale(-1, direction);
        double first = started ? 2 * search.lastStep() : 1;
        started = true;
        return search.search(objective, at, direction, first);
    }
}
