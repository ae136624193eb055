package org.curvature4j.plot;

import org.curvature4j.internal.text.Arguments;
import org.curvature4j.internal.text.Numbers;

/**
 * A function along a straight line through a point: f(point + step * direction), direction a unit eigenvector of its
 * Hessian.
 *
 * @param name what the direction is, for instance {@code fastest} or {@code eigenvector 3}
 * @param eigenvalue curvature at the point along the direction, v'Hv
 * @param slope directional derivative at the point, the gradient times v
 * @param value the function at the point
 * @param steps ascending, at least 2, around 0
 * @param values the function at each step; one that isn't finite leaves a gap
 * @param derivatives the directional derivative at each step; one that isn't finite leaves a gap
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in, and nobody compares slices
public record Slice(
        String name,
        double eigenvalue,
        double slope,
        double value,
        double[] steps,
        double[] values,
        double[] derivatives) {

    /** @throws IllegalArgumentException if the arrays differ in length, or a number at the point isn't finite */
    public Slice {
        Arguments.requireGiven("name", name);
        Arguments.requireGiven("values", values);
        Arguments.requireGiven("derivatives", derivatives);
        Checks.finite("slice " + name + ": eigenvalue, slope and value", new double[] {eigenvalue, slope, value});
        steps = Checks.ascending("slice " + name + ": steps", steps);
        if (values.length != steps.length || derivatives.length != steps.length) {
            throw new IllegalArgumentException("slice " + name + ": expected a value and a derivative for each of "
                    + steps.length + " steps, got " + values.length + " and " + derivatives.length);
        }
        values = values.clone();
        derivatives = derivatives.clone();
    }

    /** What stands above it: {@code fastest direction}, but {@code eigenvector 3}, which is a name of its own. */
    String heading() {
        return Character.isDigit(name.isEmpty() ? ' ' : name.charAt(name.length() - 1)) ? name : name + " direction";
    }

    /** The function's Taylor polynomial of degree 2 at the point, at each step. */
    double[] quadraticModel() {
        double[] model = new double[steps.length];
        for (int i = 0; i < model.length; i++) {
            model[i] = value + steps[i] * (slope + 0.5 * steps[i] * eigenvalue);
        }
        return model;
    }

    /** The derivative of the quadratic model, at each step. */
    double[] linearModel() {
        double[] model = new double[steps.length];
        for (int i = 0; i < model.length; i++) {
            model[i] = slope + steps[i] * eigenvalue;
        }
        return model;
    }

    @Override
    public String toString() {
        return heading() + ": " + steps.length + " steps, eigenvalue " + Numbers.brief(eigenvalue) + ", slope "
                + Numbers.brief(slope);
    }
}
