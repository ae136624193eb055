package org.curvature4j.plot;

import org.curvature4j.internal.text.Arguments;

/**
 * How a method came near a minimum.
 *
 * @param name of the method
 * @param gradientNorms at the start and after each iteration; at least one, finite, 0 or more; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Convergence(String name, double[] gradientNorms) {
    public Convergence {
        Arguments.requireGiven("name", name);
        Arguments.requireGiven("gradient norms", gradientNorms);
        Arguments.refuseIf(gradientNorms.length == 0, "convergence of " + name, "at least the start", "nothing");
        for (double norm : gradientNorms) {
            if (!(norm >= 0 && norm <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "convergence of " + name + ": expected finite norms of 0 or more, got " + norm);
            }
        }
    }

    int iterations() {
        return gradientNorms.length - 1;
    }

    @Override
    public String toString() {
        return name + ": gradient norms of " + iterations() + " iterations";
    }
}
