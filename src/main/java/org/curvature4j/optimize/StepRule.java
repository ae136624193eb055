package org.curvature4j.optimize;

import org.jspecify.annotations.Nullable;

/** The heart of a method: from one point to the next. Has a memory of its run, so each run has its own. */
@FunctionalInterface
interface StepRule {
    /** The next point, with a lower value or, where rounding hides that, a smaller gradient; null if there is none. */
    @Nullable
    Iterate next(CountedObjective objective, Iterate at);
}
