package org.curvature4j.optimize;

import org.curvature4j.operator.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * A point with the function's value and gradient there; arrays aren't modified once they are in here.
 *
 * @param hessian row-major, where it was computed with them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Iterate(double[] point, double value, double[] gradient, double gradientNorm, double @Nullable [] hessian) {
    boolean isFinite() {
        return Double.isFinite(value) && Double.isFinite(gradientNorm) && Vectors.areFinite(gradient);
    }

    /** The point at so many times a direction from here, a new array. */
    double[] ahead(double step, double[] direction) {
        double[] ahead = point.clone();
        Vectors.add(step, direction, ahead);
        return ahead;
    }

    /** How far values here can be told apart: some roundings. */
    double noise() {
        return 10 * Math.ulp(1.0) * Math.abs(value);
    }
}
