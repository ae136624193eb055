package org.curvature4j.internal.tutorial;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.spectrum.Spectrum;

/** Unit vectors of theta's space that exercise 4 walks along. */
final class Directions {
    private Directions() {}

    /** The eigenvector of the eigenvalue of largest magnitude. */
    static double[] fastest(Spectrum spectrum) {
        return spectrum.vector(spectrum.steepest());
    }

    /**
     * A direction with neither slope nor curvature. There is a whole space of them, so that which vectors the solver
     * picks is left to rounding; this takes the one nearest to a coordinate axis, which rounding doesn't change.
     *
     * @throws IllegalStateException if there is none
     */
    static double[] flattest(Spectrum spectrum, double[] gradient) {
        int n = spectrum.order();
        List<double[]> flat = new ArrayList<>();
        double[] values = spectrum.eigenvalues();
        for (int k = 0; k < n; k++) {
            if (Math.abs(values[k]) <= spectrum.tolerance()) {
                flat.add(spectrum.vector(k));
            }
        }
        double[] uphill = new double[n];
        flat.forEach(vector -> add(uphill, dot(gradient, vector), vector));
        double[] nearest = new double[n];
        for (int axis = 0; axis < n; axis++) {
            double[] shadow = new double[n];
            for (double[] vector : flat) {
                add(shadow, vector[axis], vector);
            }
            double steepness = dot(uphill, uphill);
            if (steepness > 0) {
                add(shadow, -dot(shadow, uphill) / steepness, uphill);
            }
            nearest = dot(shadow, shadow) > dot(nearest, nearest) ? shadow : nearest;
        }
        double length = Math.sqrt(dot(nearest, nearest));
        if (length < 1e-6) {
            throw new IllegalStateException("flattest direction: expected one without slope and curvature, got none");
        }
        double[] unit = new double[n];
        add(unit, 1 / length, nearest);
        return unit;
    }

    static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private static void add(double[] target, double factor, double[] vector) {
        for (int i = 0; i < target.length; i++) {
            target[i] += factor * vector[i];
        }
    }
}
