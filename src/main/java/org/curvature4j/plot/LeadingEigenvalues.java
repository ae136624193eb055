package org.curvature4j.plot;

import org.curvature4j.internal.text.Arguments;

/**
 * The largest eigenvalues of two matrices, for one panel of a {@link LeadingPlot}.
 *
 * @param name heading of the panel
 * @param first of the one matrix, descending, positive
 * @param second of the other, as many
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in, and nobody compares panels
public record LeadingEigenvalues(String name, double[] first, double[] second) {

    /** @throws IllegalArgumentException if there are none, not as many of both, or one isn't positive and finite */
    public LeadingEigenvalues {
        Arguments.requireGiven("name", name);
        first = positive(name + ", first", first);
        second = positive(name + ", second", second);
        if (first.length != second.length) {
            throw new IllegalArgumentException(name + ": expected as many eigenvalues of both matrices, got "
                    + first.length + " and " + second.length);
        }
    }

    private static double[] positive(String what, double[] values) {
        double[] copy = Checks.finite(what, values);
        for (double value : copy) {
            if (value < Scale.SMALLEST) {
                throw new IllegalArgumentException(
                        what + ": expected positive numbers for a logarithmic axis, got " + value);
            }
        }
        return copy;
    }

    @Override
    public String toString() {
        return name + ": " + first.length + " eigenvalues of two matrices";
    }
}
