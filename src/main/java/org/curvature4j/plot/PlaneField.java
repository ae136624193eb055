package org.curvature4j.plot;

/**
 * A number at every point of a rectangular grid in the plane.
 *
 * @param name what it is, the heading of its map
 * @param quantity what the colour bar measures
 * @param x ascending, evenly spaced, at least 2
 * @param y ascending, evenly spaced, at least 2
 * @param values {@code y.length * x.length} finite numbers, along x, then along y; that is shape [y, x] in C order
 * @param signed whether zero is what matters: colours then part there, orange for negative and purple for positive, on a
 *     scale that is as long on both sides; otherwise they go from the smallest value to the largest
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in, and nobody compares fields
public record PlaneField(String name, String quantity, double[] x, double[] y, double[] values, boolean signed) {

    /** @throws IllegalArgumentException if the grid isn't ascending and even, or the numbers don't fit it */
    public PlaneField {
        x = EigenvalueGrid.even("x", x);
        y = EigenvalueGrid.even("y", y);
        values = Checks.finite("values", values);
        if (values.length != x.length * y.length) {
            throw new IllegalArgumentException("values: expected one at each of the " + y.length + " * " + x.length
                    + " points, got " + values.length);
        }
    }

    double smallest() {
        double smallest = values[0];
        for (double value : values) {
            smallest = Math.min(smallest, value);
        }
        return smallest;
    }

    double largest() {
        double largest = values[0];
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }
}
