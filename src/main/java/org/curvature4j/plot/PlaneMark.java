package org.curvature4j.plot;

import org.curvature4j.internal.text.Arguments;

/**
 * Places in the plane that a map points out, with an entry in its key.
 *
 * @param meaning what stands in the key
 * @param style how it is drawn
 * @param x coordinates of the points, or of the corners of the line
 * @param y as many
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in, and nobody compares marks
public record PlaneMark(String meaning, Style style, double[] x, double[] y) {

    /** How a mark is drawn. */
    public enum Style {
        /** A dot at each point. */
        POINTS,
        /** A line through the points. */
        LINE,
        /** A dashed line through the points. */
        DASHED_LINE
    }

    /** @throws IllegalArgumentException if there are no points, or a coordinate isn't finite or lacks its partner */
    public PlaneMark {
        Arguments.requireGiven("meaning", meaning);
        Arguments.requireGiven("style", style);
        x = Checks.finite("mark " + meaning + ": x", x);
        y = Checks.finite("mark " + meaning + ": y", y);
        Arguments.refuseIf(x.length != y.length, "mark " + meaning, "as many y as x, " + x.length, y.length);
    }

    @Override
    public String toString() {
        return meaning + ": " + x.length + " points";
    }
}
